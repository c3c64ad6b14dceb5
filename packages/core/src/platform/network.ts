import { isIP } from "node:net";

const GROUPS = 8;
const IPV4_MAPPED = "0:0:0:0:0:ffff";
const NETWORK_GROUPS = 4;

/** What limits count an address as: one customer of a provider has 2^64 IPv6 addresses, and any IPv4 one also as IPv6. */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const groups = groupsOf(address);
  if (groups.slice(0, -2).join(":") === IPV4_MAPPED) return groups.slice(-2).map(toBytes).join(".");
  return `${groups.slice(0, NETWORK_GROUPS).join(":")}::/64`;
}

/** The eight groups of an IPv6 address, each in its one spelling. */
function groupsOf(address: string): string[] {
  const [bare = ""] = address.split("%");
  const [left = [], right = []] = new URL(`http://[${bare}]`).hostname
    .slice(1, -1)
    .split("::")
    .map((half) => half.split(":").filter((group) => group !== ""));
  return [...left, ...Array<string>(GROUPS - left.length - right.length).fill("0"), ...right];
}

function toBytes(group: string): string {
  const value = Number.parseInt(group, 16);
  return `${value >> 8}.${value & 0xff}`;
}

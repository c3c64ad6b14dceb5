import { isIP } from "node:net";

/** Nobody, the first hop, or the proxies with these addresses. */
export type TrustProxy = false | string[] | ((address: string, hop: number) => boolean);

export const TRUST_PROXY_RULE =
  "must be 0, 1, or a list of addresses, ranges such as 10.0.0.0/8, loopback, linklocal and uniquelocal";

const NAMED: ReadonlySet<string> = new Set(["loopback", "linklocal", "uniquelocal"]);
const BITS = new Map([
  [4, 32],
  [6, 128],
]);

/** Whom to believe about the caller's address; undefined is a value that means nothing. */
export function parseTrustProxy(value: string): TrustProxy | undefined {
  if (value === "" || value === "0" || value === "false") return false;
  if (value === "1" || value === "true") return isFirstHop;
  const proxies = value.split(",").map((proxy) => proxy.trim());
  return proxies.every(isProxy) ? proxies : undefined;
}

function isProxy(proxy: string): boolean {
  if (NAMED.has(proxy)) return true;
  const [address = "", length, ...rest] = proxy.split("/");
  const bits = BITS.get(address.includes("%") ? 0 : isIP(address));
  if (bits === undefined || rest.length > 0) return false;
  return length === undefined || (/^[1-9]\d{0,2}$/.test(length) && Number(length) <= bits);
}

function isFirstHop(_address: string, hop: number): boolean {
  return hop === 0;
}

import { describe, expect, test } from "vitest";
import { parseTrustProxy } from "./trust-proxy.ts";

describe("platform/trust-proxy", () => {
  test.each(["", "0", "false"])("%o trusts nobody", (value) => {
    expect(parseTrustProxy(value)).toBe(false);
  });

  test.each(["1", "true"])("%o trusts the nearest hop alone", (value) => {
    const trust = parseTrustProxy(value);
    if (typeof trust !== "function") throw new Error("it is no rule of hops");
    expect([trust("192.0.2.1", 0), trust("192.0.2.1", 1)]).toEqual([true, false]);
  });

  test.each([
    ["uniquelocal", ["uniquelocal"]],
    ["uniquelocal,loopback , linklocal", ["uniquelocal", "loopback", "linklocal"]],
    ["10.0.0.0/8, 192.0.2.7", ["10.0.0.0/8", "192.0.2.7"]],
    ["2001:db8::/32,::1", ["2001:db8::/32", "::1"]],
  ])("%o is a list", (value, proxies) => {
    expect(parseTrustProxy(value)).toEqual(proxies);
  });

  test.each([
    "2",
    "yes",
    "TRUE",
    "loopback,",
    ",",
    " ",
    "10.0.0.0/0",
    "10.0.0.0/33",
    "10.0.0.0/8/8",
    "10.0.0.0/",
    "10.0.0.0/255.0.0.0",
    "2001:db8::/129",
    "10.0.0",
    "0x7f000001",
    "fe80::1%eth0",
    "proxy.example.com",
    "1,loopback",
  ])("%o means nothing", (value) => {
    expect(parseTrustProxy(value)).toBeUndefined();
  });
});

import { describe, expect, test } from "vitest";
import { readConfig } from "./config.ts";

const NEEDED = {
  DATABASE_URL: "postgres://app:pw@db.example.com/tsudoi",
  REDIS_URL: "redis://cache.example.com",
  SECRETS: "x".repeat(43),
};

describe("readConfig", () => {
  test.each([
    ["", false],
    ["0", false],
    ["uniquelocal,loopback", ["uniquelocal", "loopback"]],
  ])("TRUST_PROXY %o is %o", (TRUST_PROXY, trustProxy) => {
    expect(readConfig({ ...NEEDED, TRUST_PROXY }).trustProxy).toEqual(trustProxy);
  });

  test.each(["2", "yes", "10.0.0.0/33"])("refuses TRUST_PROXY %o in one line", (TRUST_PROXY) => {
    const read = () => readConfig({ ...NEEDED, TRUST_PROXY });
    expect(read).toThrow(/^setting TRUST_PROXY: must be 0, 1, or .*$/);
  });
});

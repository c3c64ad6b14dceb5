import { describe, expect, test } from "vitest";
import { requestHash } from "./request-hash.ts";

describe("idempotency/request-hash", () => {
  test("names a procedure with its input", () => {
    const hash = requestHash("events.create", { a: 1, b: ["x"] });
    expect(hash).toMatch(/^[\w-]{43}$/);
    expect(requestHash("events.create", { a: 1, b: ["x"] })).toBe(hash);
    const others = [
      requestHash("events.publish", { a: 1, b: ["x"] }),
      requestHash("events.create", { a: 2, b: ["x"] }),
      requestHash("events.create", { a: 1 }),
      requestHash("events.create", undefined),
      requestHash("events.creat", 'e\n{"a":1,"b":["x"]}'),
    ];
    expect(new Set([hash, ...others]).size).toBe(6);
  });
});

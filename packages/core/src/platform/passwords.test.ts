import { hash } from "@node-rs/argon2";
import { describe, expect, test } from "vitest";
import { hashPassword, needsRehash, verifyPassword } from "./passwords.ts";

const LONG_AGO = { memoryCost: 4_096, timeCost: 1, parallelism: 1 };

describe("platform/passwords", () => {
  test("a hash is Argon2id at the floor that OWASP names, and salted", async () => {
    const [one, other] = await Promise.all([hashPassword("secret"), hashPassword("secret")]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(one).not.toBe(other);
    expect(needsRehash(one)).toBe(false);
  });

  test("the right password is right, and everything else is not", async () => {
    const stored = await hashPassword("tsudoi-demo");
    expect(await verifyPassword(stored, "tsudoi-demo")).toBe(true);
    expect(await verifyPassword(stored, "tsudoi-demo ")).toBe(false);
    expect(await verifyPassword(stored, "")).toBe(false);
    expect(await verifyPassword(null, "tsudoi-demo")).toBe(false);
    expect(await verifyPassword(null, "")).toBe(false);
  });

  test("a hash made with less still opens, and is to be renewed", async () => {
    const stored = await hash("secret", LONG_AGO);
    expect(await verifyPassword(stored, "secret")).toBe(true);
    expect(needsRehash(stored)).toBe(true);
  });

  test("a flood of passwords is refused at the door, and the door opens again", async () => {
    const flood = await Promise.allSettled(
      Array.from({ length: 110 }, () => verifyPassword(null, "guess")),
    );
    const refused = flood.filter((result) => result.status === "rejected");
    expect(refused).toHaveLength(8);
    for (const { reason } of refused) expect(reason).toMatchObject({ reason: "OVERLOADED" });
    expect(await verifyPassword(null, "guess")).toBe(false);
  });
});

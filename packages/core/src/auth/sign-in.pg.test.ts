import { createHook } from "node:async_hooks";
import { hash } from "@node-rs/argon2";
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { hashPassword, needsRehash } from "#core/platform/passwords.ts";
import { anOrganization, aUser } from "#test/builders.ts";
import { reasonOf } from "#test/refusals.ts";
import { useBed } from "#test/stage.ts";
import { signIn } from "./sign-in.ts";

const PASSWORD = "correct horse battery";
const LONG_AGO = { memoryCost: 4_096, timeCost: 1, parallelism: 1 };

const bed = useBed();
let organizationId: string;
let passwordHash: string;
beforeAll(async () => {
  organizationId = await anOrganization(bed.ctx);
  passwordHash = await hashPassword(PASSWORD);
});

const nobody = () => bed.as({ kind: "anonymous" });

async function sessionsOf(userId: string) {
  return [
    ...(await bed.ctx.db.execute<Record<string, unknown>>(sql`
      select generation, user_agent, revoked_at from sessions where user_id = ${userId}`)),
  ];
}

async function storedHash(userId: string): Promise<string> {
  const [row] = await bed.ctx.db.execute<{ password_hash: string }>(sql`
    select password_hash from users where id = ${userId}`);
  return row?.password_hash ?? "";
}

/** What the hashing library's tasks on the thread pool are called. */
const HASH_TASK = "undefined";

/** How many hashes `work` made. */
async function countHashes(work: () => Promise<unknown>): Promise<number> {
  let hashes = 0;
  const hook = createHook({
    init: (_id, type) => {
      if (type === HASH_TASK) hashes += 1;
    },
  });
  hook.enable();
  await work();
  hook.disable();
  return hashes;
}

describe("auth.signIn", () => {
  test("does the thing", async () => {
    const user = await aUser(bed.ctx, { organizationId, passwordHash, role: "organizer" });
    const input = { email: user.email, password: PASSWORD, userAgent: "Browser 1" };
    const session = await signIn(nobody(), input);
    expect(session.user).toMatchObject({ id: user.id, email: user.email, role: "organizer" });
    expect(JSON.stringify(session.user)).not.toContain("argon2");
    expect(await bed.ctx.tokens.verifyAccess(session.accessToken, new Date())).toMatchObject({
      userId: user.id,
      organizationId,
      role: "organizer",
    });
    expect(await sessionsOf(user.id)).toEqual([
      { generation: 1, user_agent: "Browser 1", revoked_at: null },
    ]);
    const audit = await bed.ctx.db.execute<Record<string, unknown>>(sql`
      select action, entity from audit_log where actor_id = ${user.id}`);
    expect([...audit]).toEqual([{ action: "auth.signIn", entity: "user" }]);
  });

  test("rejects a stranger, whatever is wrong, in one way and with one hash", async () => {
    const user = await aUser(bed.ctx, { organizationId, passwordHash });
    const disabled = await aUser(bed.ctx, { organizationId, passwordHash, disabledAt: new Date() });
    const elsewhere = await aUser(bed.ctx, { organizationId });
    const attempts = [
      { email: "nobody@example.test", password: PASSWORD },
      { email: user.email, password: "a wrong one" },
      { email: disabled.email, password: PASSWORD },
      { email: disabled.email, password: "a wrong one" },
      { email: elsewhere.email, password: PASSWORD },
    ];
    for (const input of attempts) {
      let answer: unknown;
      const hashes = await countHashes(async () => {
        answer = await signIn(nobody(), input).catch((error: unknown) => error);
      });
      expect({ answer, hashes }).toMatchObject({
        answer: { reason: "NOT_SIGNED_IN", message: "NOT_SIGNED_IN", details: {} },
        hashes: 1,
      });
    }
    for (const person of [user, disabled, elsewhere]) {
      expect(await sessionsOf(person.id)).toEqual([]);
    }
  });

  test("the right password takes one hash too", async () => {
    const user = await aUser(bed.ctx, { organizationId, passwordHash });
    const input = { email: user.email, password: PASSWORD };
    expect(await countHashes(() => signIn(nobody(), input))).toBe(1);
  });

  test("makes a session of its own on each device", async () => {
    const user = await aUser(bed.ctx, { organizationId, passwordHash });
    const input = { email: user.email, password: PASSWORD };
    const [one, other] = [await signIn(nobody(), input), await signIn(nobody(), input)];
    expect(one.refreshToken).not.toBe(other.refreshToken);
    expect(await sessionsOf(user.id)).toHaveLength(2);
  });

  test("renews a hash that was made with less, and only for the right password", async () => {
    const weak = await hash(PASSWORD, LONG_AGO);
    const user = await aUser(bed.ctx, { organizationId, passwordHash: weak });
    expect(await reasonOf(signIn(nobody(), { email: user.email, password: "guess" }))).toBe(
      "NOT_SIGNED_IN",
    );
    expect(await storedHash(user.id)).toBe(weak);
    await signIn(nobody(), { email: user.email, password: PASSWORD });
    expect(needsRehash(await storedHash(user.id))).toBe(false);
    await signIn(nobody(), { email: user.email, password: PASSWORD });
  });

  test("survives a race", async () => {
    const user = await aUser(bed.ctx, {
      organizationId,
      passwordHash: await hash(PASSWORD, LONG_AGO),
    });
    const input = { email: user.email, password: PASSWORD };
    await Promise.all(Array.from({ length: 8 }, () => signIn(nobody(), input)));
    expect(await sessionsOf(user.id)).toHaveLength(8);
    await signIn(nobody(), input);
  });
});

import { createHook } from "node:async_hooks";
import { hash } from "@node-rs/argon2";
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { Context } from "#core/db/context.ts";
import { transaction } from "#core/db/transaction.ts";
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

  /** A sign-in whose password is checked before `change` commits, and whose session comes after. */
  async function overtaken(email: string, change: (tx: Context) => Promise<unknown>) {
    let ended = false;
    let signingIn: Promise<unknown> | undefined;
    await transaction(bed.ctx, async (tx) => {
      await change(tx);
      const input = { email, password: PASSWORD };
      signingIn = signIn(nobody(), input).catch((error: unknown) => error);
      void signingIn.then(() => {
        ended = true;
      });
      await vi.waitFor(async () => {
        const waiting = await bed.ctx.db.execute(sql`
          select 1 from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`);
        expect(ended || waiting.length > 0).toBe(true);
      }, 10_000);
    });
    return signingIn;
  }

  test("an old password opens nothing once a new one is set", async () => {
    const user = await aUser(bed.ctx, { organizationId, passwordHash });
    const changed = await hashPassword("another password");
    const answer = await overtaken(user.email, async (tx) => {
      await tx.db.execute(sql`update users set password_hash = ${changed} where id = ${user.id}`);
      await tx.db.execute(sql`update sessions set revoked_at = now() where user_id = ${user.id}`);
    });
    expect(answer).toMatchObject({ reason: "NOT_SIGNED_IN" });
    expect(await sessionsOf(user.id)).toEqual([]);
  });

  test("whoever is disabled meanwhile gets no session, and a role taken away is not in the token", async () => {
    const disabled = await aUser(bed.ctx, { organizationId, passwordHash });
    const answer = await overtaken(disabled.email, (tx) =>
      tx.db.execute(sql`update users set disabled_at = now() where id = ${disabled.id}`),
    );
    expect(answer).toMatchObject({ reason: "NOT_SIGNED_IN" });
    expect(await sessionsOf(disabled.id)).toEqual([]);
    const admin = await aUser(bed.ctx, { organizationId, passwordHash, role: "admin" });
    const session = await overtaken(admin.email, (tx) =>
      tx.db.execute(sql`update users set role = 'member' where id = ${admin.id}`),
    );
    const { accessToken } = session as { accessToken: string };
    expect(await bed.ctx.tokens.verifyAccess(accessToken, new Date())).toMatchObject({
      role: "member",
    });
  });
});

import { randomBytes } from "node:crypto";
import { DAY, SECOND } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { parseSecrets } from "#core/platform/secrets.ts";
import { createTokens } from "#core/platform/tokens.ts";
import { anOrganization, aUser, type TestUser } from "#test/builders.ts";
import { reasonOf } from "#test/refusals.ts";
import { useBed } from "#test/stage.ts";
import { openSession } from "./open-session.ts";
import { refresh } from "./refresh.ts";
import { signOut } from "./sign-out.ts";

const bed = useBed();
let organizationId: string;
beforeAll(async () => {
  organizationId = await anOrganization(bed.ctx);
});

const start = new Date("2026-11-20T09:00:00Z");
const at = (milliseconds: number) => bed.setNow(new Date(start.getTime() + milliseconds));
afterEach(() => at(0));

async function aSession(overrides: Partial<TestUser> = {}) {
  at(0);
  const user = await aUser(bed.ctx, { organizationId, ...overrides });
  const tokens = await openSession(bed.ctx, { organizationId, userId: user.id, role: user.role });
  return { user, first: tokens.refreshToken };
}

const nobody = () => bed.as({ kind: "anonymous" });
const renew = (refreshToken: string) => refresh(nobody(), { refreshToken });
const next = async (refreshToken: string) => (await renew(refreshToken)).refreshToken;

async function familyOf(user: TestUser) {
  const [row] = await bed.ctx.db.execute<Record<string, unknown>>(sql`
    select generation, revoked_reason from sessions where user_id = ${user.id}`);
  return { ...row };
}

describe("auth.refresh", () => {
  test("does the thing", async () => {
    const { user, first } = await aSession({ role: "organizer" });
    at(60 * SECOND);
    const renewed = await renew(first);
    expect(renewed.refreshToken).not.toBe(first);
    expect(renewed.refreshExpiresAt).toEqual(new Date(start.getTime() + 30 * DAY));
    expect(await bed.ctx.tokens.verifyAccess(renewed.accessToken, bed.ctx.now())).toMatchObject({
      userId: user.id,
      role: "organizer",
    });
    expect(await familyOf(user)).toEqual({ generation: 2, revoked_reason: null });
  });

  test("gives the role that the person has by now", async () => {
    const { user, first } = await aSession();
    await bed.ctx.db.execute(sql`update users set role = 'admin' where id = ${user.id}`);
    const { accessToken } = await renew(first);
    expect(await bed.ctx.tokens.verifyAccess(accessToken, bed.ctx.now())).toMatchObject({
      role: "admin",
    });
  });

  test("survives a race", async () => {
    const { user, first } = await aSession();
    const successors = await Promise.all(Array.from({ length: 20 }, () => next(first)));
    expect(new Set(successors).size).toBe(1);
    expect(successors[0]).not.toBe(first);
    expect(await familyOf(user)).toEqual({ generation: 2, revoked_reason: null });
  });

  test("rotating without the lock does not pass for right", async () => {
    const { user, first } = await aSession();
    const { generation = 0, sessionId = "" } = bed.ctx.tokens.readRefresh(first) ?? {};
    const readThenRotate = async () => {
      const [row] = await bed.ctx.db.execute<{ generation: number }>(sql`
        select generation from sessions where id = ${sessionId}`);
      if (row?.generation !== generation) return;
      await bed.ctx.db.execute(sql`
        update sessions set generation = generation + 1 where id = ${sessionId}`);
    };
    await Promise.all(Array.from({ length: 20 }, readThenRotate));
    expect((await familyOf(user)).generation).toBeGreaterThan(2);
  });

  test("a lost answer is given again within ten seconds, also after the process died", async () => {
    const { user, first } = await aSession();
    const lost = await next(first);
    at(9_999);
    expect(await next(first)).toBe(lost);
    expect(await next(lost)).not.toBe(lost);
    expect(await familyOf(user)).toEqual({ generation: 3, revoked_reason: null });
  });

  test("a token used again later ends its family, thief's and owner's, and is written down", async () => {
    const { user, first } = await aSession();
    const second = await next(first);
    at(10_000);
    expect(await reasonOf(renew(first))).toBe("NOT_SIGNED_IN");
    expect(await reasonOf(renew(second))).toBe("NOT_SIGNED_IN");
    expect(await familyOf(user)).toEqual({ generation: 2, revoked_reason: "reused" });
    const audit = await bed.ctx.db.execute<Record<string, unknown>>(sql`
      select action, entity, details from audit_log where actor_id = ${user.id}`);
    expect([...audit]).toEqual([
      { action: "auth.refresh", entity: "session", details: { revoked: "reused" } },
    ]);
  });

  test("a token two generations old ends its family", async () => {
    const { user, first } = await aSession();
    await next(await next(first));
    expect(await reasonOf(renew(first))).toBe("NOT_SIGNED_IN");
    expect(await familyOf(user)).toMatchObject({ revoked_reason: "reused" });
  });

  test("other sessions of the same person go on", async () => {
    const { user, first } = await aSession();
    const other = await openSession(bed.ctx, { organizationId, userId: user.id, role: "member" });
    await next(first);
    at(10_000);
    await reasonOf(renew(first));
    expect(await reasonOf(renew(other.refreshToken))).toBe("no refusal");
  });

  test("however often it is renewed, a sign-in ends after thirty days", async () => {
    let { first: last } = await aSession();
    for (const day of [6, 12, 18, 24, 30]) {
      at(day * DAY - 1);
      last = await next(last);
    }
    at(30 * DAY);
    expect(await reasonOf(renew(last))).toBe("NOT_SIGNED_IN");
  });

  test("not used for seven days, a sign-in ends, and each use starts them anew", async () => {
    const { first } = await aSession();
    at(7 * DAY - 1);
    const second = await next(first);
    at(14 * DAY - 2);
    const third = await next(second);
    at(21 * DAY - 2);
    expect(await reasonOf(renew(third))).toBe("NOT_SIGNED_IN");
  });

  test("rejects a stranger", async () => {
    const { user, first } = await aSession();
    const { sessionId = "" } = bed.ctx.tokens.readRefresh(first) ?? {};
    const session = { organizationId, sessionId, generation: 1 };
    const [stored] = await bed.ctx.db.execute<{ salt: string }>(sql`
      select salt from sessions where id = ${sessionId}`);
    const salt = stored?.salt ?? "";
    const elsewhere = createTokens(parseSecrets(randomBytes(32).toString("base64url")));
    const forged = [
      "",
      "not a token",
      randomBytes(68).toString("base64url"),
      bed.ctx.tokens.refreshToken({ ...session, salt: "guessed" }),
      elsewhere.refreshToken({ ...session, salt }),
      bed.ctx.tokens.refreshToken({
        ...session,
        salt,
        organizationId: await anOrganization(bed.ctx),
      }),
      bed.ctx.tokens.refreshToken({
        ...session,
        salt,
        sessionId: "01890000-0000-7000-8000-000000000000",
      }),
    ];
    for (const token of forged) expect(await reasonOf(renew(token))).toBe("NOT_SIGNED_IN");
    // A forgery of a used token's number must not end the family either.
    await next(first);
    at(10_000);
    expect(
      await reasonOf(renew(bed.ctx.tokens.refreshToken({ ...session, salt: "guessed" }))),
    ).toBe("NOT_SIGNED_IN");
    expect(await familyOf(user)).toEqual({ generation: 2, revoked_reason: null });
  });

  test("nobody who left is let in again", async () => {
    const left = await aSession();
    await signOut(nobody(), { refreshToken: left.first });
    expect(await reasonOf(renew(left.first))).toBe("NOT_SIGNED_IN");
    const disabled = await aSession();
    await bed.ctx.db.execute(
      sql`update users set disabled_at = now() where id = ${disabled.user.id}`,
    );
    expect(await reasonOf(renew(disabled.first))).toBe("NOT_SIGNED_IN");
  });
});

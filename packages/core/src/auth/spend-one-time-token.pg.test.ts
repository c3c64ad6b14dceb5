import { MINUTE } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { UserActor } from "#core/db/context.ts";
import { transaction } from "#core/db/transaction.ts";
import { actorOf } from "#test/bed.ts";
import type { TestUser } from "#test/builders.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { hashLinkToken } from "./hash-link-token.ts";
import { issueOneTimeToken } from "./issue-one-time-token.ts";
import { openSession } from "./open-session.ts";
import { spendOneTimeToken } from "./spend-one-time-token.ts";

const stage = useStage();
const anyone = () => stage.as({ kind: "anonymous" });

const ISSUED = { purpose: "export", details: { what: "this" }, goodForMs: 5 * MINUTE } as const;

function issueFor(user: TestUser, actor: UserActor = actorOf(user)): Promise<string> {
  return issueOneTimeToken({ ...stage.as(actor), actor }, ISSUED);
}

function spend(token: string, ctx = anyone()) {
  return spendOneTimeToken(ctx, { purpose: "export", token });
}

describe("auth/spend-one-time-token", () => {
  test("does the thing", async () => {
    const user = await stage.aMember();
    const { tx, details } = await spend(await issueFor(user));
    expect(details).toEqual({ what: "this" });
    expect(tx.actor).toEqual(actorOf(user));
  });

  test("keeps the token's hash only", async () => {
    const token = await issueFor(await stage.aMember());
    const [row] = await stage.ctx.db.execute<{ kept: string }>(sql`
      select one_time_tokens::text as kept from one_time_tokens where token_hash = ${hashLinkToken(token)}`);
    expect(row?.kept).toContain(hashLinkToken(token));
    expect(row?.kept).not.toContain(token);
  });

  test("refuses a second time, also when both come at once", async () => {
    const token = await issueFor(await stage.aMember());
    const ends = await Promise.all([1, 2, 3].map(() => reasonOf(spend(token))));
    expect(ends.toSorted()).toEqual(["LINK_EXPIRED", "LINK_EXPIRED", "no refusal"]);
    expect(await reasonOf(spend(token))).toBe("LINK_EXPIRED");
  });

  test("is not spent when what it opens fails", async () => {
    const token = await issueFor(await stage.aMember());
    const failing = transaction(anyone(), async (tx) => {
      await spend(token, tx);
      throw new Error("no file");
    });
    await expect(failing).rejects.toThrow("no file");
    expect(await reasonOf(spend(token))).toBe("no refusal");
  });

  test("ends after its time", async () => {
    const token = await issueFor(await stage.aMember());
    const later = { ...anyone(), now: () => new Date(Date.now() + ISSUED.goodForMs) };
    expect(await reasonOf(spend(token, later))).toBe("LINK_EXPIRED");
  });

  test("rejects a stranger, and the owner still gets in", async () => {
    const [owner, stranger] = [await stage.aMember(), await stage.aMember()];
    const token = await issueFor(owner);
    expect(await reasonOf(spend(token, stage.as(actorOf(stranger))))).toBe("LINK_EXPIRED");
    expect(await reasonOf(spend("guessed"))).toBe("LINK_EXPIRED");
    expect((await spend(token, stage.as(actorOf(owner)))).tx.actor.userId).toBe(owner.id);
  });

  test("ends with the account and with the session, and counts the role of now", async () => {
    const user = await stage.aMember({ role: "organizer" });
    const { organizationId, id: userId, role } = user;
    const { accessToken } = await openSession(stage.ctx, { organizationId, userId, role });
    const claims = await stage.ctx.tokens.verifyAccess(accessToken, stage.ctx.now());
    const actor: UserActor = { ...actorOf(user), ...claims };
    const [first, second, third] = [
      await issueFor(user, actor),
      await issueFor(user, actor),
      await issueFor(user),
    ];
    await stage.ctx.db.execute(sql`update users set role = 'member' where id = ${userId}`);
    expect((await spend(first)).tx.actor.role).toBe("member");
    await stage.ctx.db.execute(sql`
      update sessions set revoked_at = now(), revoked_reason = 'signed_out' where id = ${actor.sessionId}`);
    expect(await reasonOf(spend(second))).toBe("NOT_SIGNED_IN");
    await stage.ctx.db.execute(sql`update users set disabled_at = now() where id = ${userId}`);
    expect(await reasonOf(spend(third))).toBe("NOT_SIGNED_IN");
  });
});

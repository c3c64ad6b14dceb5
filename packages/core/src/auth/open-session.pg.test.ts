import { DAY } from "@tsudoi/shared/time.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { transaction } from "#core/db/transaction.ts";
import { anOrganization, aUser, type TestUser } from "#test/builders.ts";
import { reasonOf } from "#test/refusals.ts";
import { useBed } from "#test/stage.ts";
import { openSession, type SessionTokens } from "./open-session.ts";
import { refresh } from "./refresh.ts";

const bed = useBed();
let user: TestUser;
beforeAll(async () => {
  user = await aUser(bed.ctx, { organizationId: await anOrganization(bed.ctx) });
});

const person = () => ({ organizationId: user.organizationId, userId: user.id, role: user.role });

describe("auth/open-session", () => {
  test("does the thing", async () => {
    const before = Date.now();
    const tokens = await openSession(bed.ctx, person());
    expect(tokens.refreshExpiresAt.getTime() - before).toBeGreaterThanOrEqual(30 * DAY);
    const claims = await bed.ctx.tokens.verifyAccess(tokens.accessToken, new Date());
    const refreshToken = bed.ctx.tokens.readRefresh(tokens.refreshToken);
    expect(claims).toMatchObject({ userId: user.id, sessionId: refreshToken?.sessionId });
    expect(refreshToken?.generation).toBe(1);
  });

  test("tokens of a transaction that fails open nothing", async () => {
    let tokens: SessionTokens | undefined;
    const failed = transaction(bed.ctx, async (tx) => {
      tokens = await openSession(tx, person());
      throw new Error("later");
    });
    await expect(failed).rejects.toThrow("later");
    const refreshToken = tokens?.refreshToken ?? "";
    expect(await reasonOf(refresh(bed.ctx, { refreshToken }))).toBe("NOT_SIGNED_IN");
  });
});

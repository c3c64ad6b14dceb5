import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { anOrganization, aUser, type TestUser } from "#test/builders.ts";
import { reasonOf } from "#test/refusals.ts";
import { useBed } from "#test/stage.ts";
import { openSession } from "./open-session.ts";
import { refresh } from "./refresh.ts";
import { signOut } from "./sign-out.ts";

const bed = useBed();
let user: TestUser;
beforeAll(async () => {
  user = await aUser(bed.ctx, { organizationId: await anOrganization(bed.ctx) });
});

const nobody = () => bed.as({ kind: "anonymous" });

async function aRefreshToken(): Promise<string> {
  const { organizationId, id: userId, role } = user;
  return (await openSession(bed.ctx, { organizationId, userId, role })).refreshToken;
}

async function endOf(refreshToken: string): Promise<string | null | undefined> {
  const { sessionId } = bed.ctx.tokens.readRefresh(refreshToken) ?? {};
  const [row] = await bed.ctx.db.execute<{ revoked_reason: string | null }>(sql`
    select revoked_reason from sessions where id = ${sessionId}`);
  return row?.revoked_reason;
}

describe("auth.signOut", () => {
  test("does the thing", async () => {
    const [left, stays] = [await aRefreshToken(), await aRefreshToken()];
    await signOut(nobody(), { refreshToken: left });
    expect([await endOf(left), await endOf(stays)]).toEqual(["signed_out", null]);
    expect(await reasonOf(refresh(nobody(), { refreshToken: left }))).toBe("NOT_SIGNED_IN");
  });

  test("ends the family by any of its tokens", async () => {
    const first = await aRefreshToken();
    const { refreshToken } = await refresh(nobody(), { refreshToken: first });
    await signOut(nobody(), { refreshToken: first });
    expect(await reasonOf(refresh(nobody(), { refreshToken }))).toBe("NOT_SIGNED_IN");
  });

  test("rejects a stranger", async () => {
    const refreshToken = await aRefreshToken();
    const { sessionId = "" } = bed.ctx.tokens.readRefresh(refreshToken) ?? {};
    const session = { organizationId: user.organizationId, sessionId, generation: 1 };
    const forged = bed.ctx.tokens.refreshToken({ ...session, salt: "guessed" });
    for (const token of ["", "not a token", forged])
      await signOut(nobody(), { refreshToken: token });
    expect(await endOf(refreshToken)).toBeNull();
  });

  test("is idempotent", async () => {
    const refreshToken = await aRefreshToken();
    await signOut(nobody(), { refreshToken });
    await signOut(nobody(), { refreshToken });
    expect(await endOf(refreshToken)).toBe("signed_out");
  });

  test("survives a race", async () => {
    const refreshToken = await aRefreshToken();
    const [renewed] = await Promise.allSettled([
      refresh(nobody(), { refreshToken }),
      ...Array.from({ length: 5 }, () => signOut(nobody(), { refreshToken })),
    ]);
    expect(await endOf(refreshToken)).toBe("signed_out");
    const successor = renewed.status === "fulfilled" ? renewed.value.refreshToken : refreshToken;
    expect(await reasonOf(refresh(nobody(), { refreshToken: successor }))).toBe("NOT_SIGNED_IN");
  });
});

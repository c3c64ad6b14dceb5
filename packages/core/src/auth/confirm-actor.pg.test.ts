import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "#core/db/context.ts";
import { anOrganization, aUser, type TestUser } from "#test/builders.ts";
import { reasonOf } from "#test/refusals.ts";
import { useBed } from "#test/stage.ts";
import { confirmActor } from "./confirm-actor.ts";
import { openSession } from "./open-session.ts";
import { signOut } from "./sign-out.ts";

const bed = useBed();
let organizationId: string;
beforeAll(async () => {
  organizationId = await anOrganization(bed.ctx);
});

/** Somebody who has just signed in, by what their token says. */
async function aSignIn(): Promise<{ user: TestUser; actor: UserActor; refreshToken: string }> {
  const user = await aUser(bed.ctx, { organizationId, role: "organizer" });
  const person = { organizationId, userId: user.id, role: user.role };
  const tokens = await openSession(bed.ctx, person);
  const claims = await bed.ctx.tokens.verifyAccess(tokens.accessToken, bed.ctx.now());
  if (claims === undefined) throw new Error("the token does not hold");
  return { user, actor: { kind: "user", ...claims }, refreshToken: tokens.refreshToken };
}

describe("auth/confirm-actor", () => {
  test("does the thing", async () => {
    const { user, actor } = await aSignIn();
    expect((await confirmActor(bed.as(actor))).actor).toEqual(actor);
    await bed.ctx.db.execute(sql`update users set role = 'member' where id = ${user.id}`);
    expect((await confirmActor(bed.as(actor))).actor).toEqual({ ...actor, role: "member" });
  });

  test("rejects a stranger", async () => {
    const { actor } = await aSignIn();
    const elsewhere = { ...actor, organizationId: await anOrganization(bed.ctx) };
    for (const stranger of [
      { kind: "anonymous" } as const,
      { kind: "system" } as const,
      elsewhere,
    ]) {
      expect(await reasonOf(confirmActor(bed.as(stranger)))).toBe("NOT_SIGNED_IN");
    }
  });

  test("whoever signed out is gone at once, and only on that device", async () => {
    const { actor, refreshToken } = await aSignIn();
    await signOut(bed.ctx, { refreshToken });
    expect(await reasonOf(confirmActor(bed.as(actor)))).toBe("NOT_SIGNED_IN");
    const elsewhere = { ...actor, sessionId: "01890000-0000-7000-8000-000000000000" };
    expect(await reasonOf(confirmActor(bed.as(elsewhere)))).toBe("no refusal");
  });

  test("whoever is disabled is gone at once", async () => {
    const { user, actor } = await aSignIn();
    await bed.ctx.db.execute(sql`update users set disabled_at = now() where id = ${user.id}`);
    expect(await reasonOf(confirmActor(bed.as(actor)))).toBe("NOT_SIGNED_IN");
  });
});

import { DAY } from "@tsudoi/shared/time.ts";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { sessions } from "#core/db/schema/sessions.ts";
import { anOrganization, aUser } from "#test/builders.ts";
import { useBed } from "#test/stage.ts";
import { sweepSessions } from "./sweep-sessions.ts";

const bed = useBed();

describe("auth/sweep-sessions", () => {
  test("removes what ended a week ago, and nothing else, twice over", async () => {
    const organizationId = await anOrganization(bed.ctx);
    const user = await aUser(bed.ctx, { organizationId });
    const ends = [-8 * DAY, -7 * DAY - 60_000, -7 * DAY + 60_000, -DAY, DAY];
    await bed.ctx.db.insert(sessions).values(
      ends.map((end, index) => ({
        organizationId,
        userId: user.id,
        salt: String(index),
        expiresAt: new Date(Date.now() + end),
        revokedAt: index % 2 === 0 ? new Date() : null,
      })),
    );
    expect([await sweepSessions(bed.ctx), await sweepSessions(bed.ctx)]).toEqual([2, 0]);
    const left = await bed.ctx.db.select({ salt: sessions.salt }).from(sessions);
    expect(left.map((row) => row.salt).sort()).toEqual(["2", "3", "4"]);
  });

  test("a session that nobody used ended after seven days, whatever time it had left", async () => {
    const organizationId = await anOrganization(bed.ctx);
    const user = await aUser(bed.ctx, { organizationId });
    const uses = [-15 * DAY, -14 * DAY - 60_000, -14 * DAY + 60_000, -DAY];
    await bed.ctx.db.insert(sessions).values(
      uses.map((use, index) => ({
        organizationId,
        userId: user.id,
        salt: String(index),
        rotatedAt: new Date(Date.now() + use),
        expiresAt: new Date(Date.now() + 10 * DAY),
      })),
    );
    expect(await sweepSessions(bed.ctx)).toBe(2);
    const left = await bed.ctx.db
      .select({ salt: sessions.salt })
      .from(sessions)
      .where(eq(sessions.userId, user.id));
    expect(left.map((row) => row.salt).sort()).toEqual(["2", "3"]);
  });
});

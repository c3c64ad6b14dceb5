import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { anOrganization, aUser } from "#test/builders.ts";
import { useBed } from "#test/stage.ts";
import { markFailed } from "./mark-failed.ts";

const bed = useBed();

describe("notifications/mark-failed", () => {
  test("is idempotent: the first reason stays", async () => {
    const organizationId = await anOrganization(bed.ctx);
    const user = await aUser(bed.ctx, { organizationId });
    const [row] = await bed.ctx.db.execute<{ id: string }>(sql`
      insert into notifications (organization_id, user_id, kind, channel, dedupe_key)
      values (${organizationId}, ${user.id}, 'registrations.confirmation', 'mail', 'key') returning id`);
    const id = row?.id ?? "";
    for (const reason of ["no such user", "another"])
      await markFailed(bed.ctx, { organizationId, id, reason });
    const [state] = await bed.ctx.db.execute<Record<string, unknown>>(sql`
      select status, reason, attempts from notifications where id = ${id}`);
    expect({ ...state }).toEqual({ status: "failed", reason: "no such user", attempts: 1 });
  });
});

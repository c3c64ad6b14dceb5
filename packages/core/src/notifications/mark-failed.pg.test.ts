import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestBed, type TestBed } from "#test/bed.ts";
import { anOrganization, aUser } from "#test/builders.ts";
import { markFailed } from "./mark-failed.ts";

let bed: TestBed;
beforeAll(async () => {
  bed = await createTestBed();
});
afterAll(() => bed[Symbol.asyncDispose]());

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

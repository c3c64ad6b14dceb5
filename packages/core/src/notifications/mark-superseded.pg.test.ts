import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { anOrganization, aUser } from "#test/builders.ts";
import { useBed } from "#test/stage.ts";
import { markSent } from "./mark-sent.ts";
import { markSuperseded } from "./mark-superseded.ts";

const bed = useBed();

describe("notifications/mark-superseded", () => {
  test("closes what waits, and nothing that went or belongs to others", async () => {
    const organizationId = await anOrganization(bed.ctx);
    const user = await aUser(bed.ctx, { organizationId });
    const rows = await bed.ctx.db.execute<{ id: string }>(sql`
      insert into notifications (organization_id, user_id, kind, channel, dedupe_key)
      select ${organizationId}, ${user.id}, 'registrations.offer', 'mail', 'key-' || i
      from generate_series(1, 3) i returning id`);
    const [stale = "", sent = "", foreign = ""] = rows.map(({ id }) => id);
    await markSent(bed.ctx, { organizationId, id: sent, messageId: "<one>" });
    for (const id of [stale, stale, sent]) await markSuperseded(bed.ctx, { organizationId, id });
    const elsewhere = await anOrganization(bed.ctx);
    await markSuperseded(bed.ctx, { organizationId: elsewhere, id: foreign });
    await markSent(bed.ctx, { organizationId, id: stale, messageId: "<late>" });
    const states = await bed.ctx.db.execute(sql`
      select id, status, reason, message_id from notifications
      where organization_id = ${organizationId} order by dedupe_key`);
    expect([...states]).toEqual([
      { id: stale, status: "suppressed", reason: "superseded", message_id: null },
      { id: sent, status: "sent", reason: null, message_id: "<one>" },
      { id: foreign, status: "queued", reason: null, message_id: null },
    ]);
  });
});

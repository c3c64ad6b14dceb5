import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { anOrganization, aUser } from "#test/builders.ts";
import { useBed } from "#test/stage.ts";
import { markFailed } from "./mark-failed.ts";
import { markSent } from "./mark-sent.ts";

const bed = useBed();
let organizationId: string;
beforeAll(async () => {
  organizationId = await anOrganization(bed.ctx);
});

let messages = 0;
async function aMessage(): Promise<string> {
  messages += 1;
  const user = await aUser(bed.ctx, { organizationId });
  const [row] = await bed.ctx.db.execute<{ id: string }>(sql`
    insert into notifications (organization_id, user_id, kind, channel, dedupe_key)
    values (${organizationId}, ${user.id}, 'registrations.confirmation', 'mail', ${`key-${messages}`})
    returning id`);
  return row?.id ?? "";
}

async function stateOf(id: string) {
  const [row] = await bed.ctx.db.execute<Record<string, unknown>>(sql`
    select status, reason, message_id, attempts, sent_at from notifications where id = ${id}`);
  return { ...row };
}

describe("notifications/mark-sent", () => {
  test("does the thing, and is idempotent", async () => {
    const [id, now] = [await aMessage(), new Date("2026-11-20T09:00:00.000Z")];
    bed.setNow(now);
    const sent = {
      status: "sent",
      reason: null,
      message_id: "<one>",
      attempts: 1,
      sent_at: now.toISOString(),
    };
    await markSent(bed.ctx, { organizationId, id, messageId: "<one>" });
    expect(await stateOf(id)).toEqual(sent);
    await markSent(bed.ctx, { organizationId, id, messageId: "<two>" });
    expect(await stateOf(id)).toEqual(sent);
  });

  test("a message that went cannot fail any more, one that failed is not sent", async () => {
    const [sent, failed] = [await aMessage(), await aMessage()];
    await markSent(bed.ctx, { organizationId, id: sent, messageId: "<one>" });
    await markFailed(bed.ctx, { organizationId, id: sent, reason: "refused" });
    await markFailed(bed.ctx, { organizationId, id: failed, reason: "refused" });
    await markSent(bed.ctx, { organizationId, id: failed, messageId: "<one>" });
    expect(await stateOf(sent)).toMatchObject({ status: "sent", reason: null });
    expect(await stateOf(failed)).toMatchObject({
      status: "failed",
      reason: "refused",
      sent_at: null,
    });
  });

  test("survives a race", async () => {
    const id = await aMessage();
    await Promise.all([
      ...Array.from({ length: 5 }, () =>
        markSent(bed.ctx, { organizationId, id, messageId: "<one>" }),
      ),
      ...Array.from({ length: 5 }, () =>
        markFailed(bed.ctx, { organizationId, id, reason: "refused" }),
      ),
    ]);
    expect(await stateOf(id)).toMatchObject({ attempts: 1 });
  });

  test("rejects a stranger", async () => {
    const id = await aMessage();
    const elsewhere = await anOrganization(bed.ctx);
    await markSent(bed.ctx, { organizationId: elsewhere, id, messageId: "<one>" });
    await markFailed(bed.ctx, { organizationId: elsewhere, id, reason: "refused" });
    expect(await stateOf(id)).toMatchObject({ status: "queued", attempts: 0 });
  });
});

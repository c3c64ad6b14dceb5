import { sql } from "drizzle-orm";
import { authoriseSystem } from "#core/auth/authorise-system.ts";
import type { Context } from "#core/db/context.ts";
import { transaction } from "#core/db/transaction.ts";
import { queueMessages } from "#core/notifications/queue-messages.ts";
import type { EventKey } from "./lock-event.ts";

const PAGE = 2_000;
const KIND = "registrations.draw-result";

/** Everyone who took part is told once: a run that was cut off goes on with who has no message yet. */
export async function announceDraw(ctx: Context, key: EventKey): Promise<void> {
  authoriseSystem(ctx);
  let after = 0;
  for (;;) {
    const last = await transaction(ctx, (tx) => announcePage(tx, key, after));
    if (last === undefined) return;
    after = last;
  }
}

async function announcePage(
  tx: Context,
  key: EventKey,
  after: number,
): Promise<number | undefined> {
  const rows = await tx.db.execute<{ id: string; user_id: string; draw_rank: number }>(sql`
    select r.id, r.user_id, r.draw_rank
    from registrations r
    where r.organization_id = ${key.organizationId} and r.event_id = ${key.eventId}
      and r.draw_rank > ${after}
      and not exists (
        select 1 from notifications n
        where n.organization_id = r.organization_id and n.dedupe_key = ${`${KIND}:`} || r.id
      )
    order by r.draw_rank
    limit ${PAGE}`);
  await queueMessages(
    tx,
    rows.map((row) => ({
      ...key,
      kind: KIND,
      userId: row.user_id,
      registrationId: row.id,
      dedupeKey: `${KIND}:${row.id}`,
    })),
  );
  return rows.at(-1)?.draw_rank;
}

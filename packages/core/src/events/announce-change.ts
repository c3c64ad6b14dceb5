import { sql } from "drizzle-orm";
import { authoriseSystem } from "#core/auth/authorise-system.ts";
import type { Context } from "#core/db/context.ts";
import { liveStatuses } from "#core/db/schema/registrations.ts";
import { transaction } from "#core/db/transaction.ts";
import type { JobPayload } from "#core/jobs/catalog.ts";
import { queueMessages } from "#core/notifications/queue-messages.ts";

const PAGE = 2_000;
const KIND = "events.change";

type Change = JobPayload<"events.announce-change"> & { organizationId: string };

/**
 * Everyone who was registered when the event changed is told once: a run that was cut off goes on with who has
 * no message yet, and a change that was changed again is left to the job of that one.
 */
export async function announceChange(ctx: Context, change: Change): Promise<void> {
  authoriseSystem(ctx);
  let after = 0;
  for (;;) {
    const last = await transaction(ctx, (tx) => announcePage(tx, change, after));
    if (last === undefined) return;
    after = last;
  }
}

/** The last number of a full page. */
async function announcePage(
  tx: Context,
  change: Change,
  after: number,
): Promise<number | undefined> {
  const { organizationId, eventId } = change;
  const rows = await findUntold(tx, change, after);
  await queueMessages(
    tx,
    rows.map((row) => ({
      organizationId,
      eventId,
      kind: KIND,
      userId: row.user_id,
      registrationId: row.id,
      dedupeKey: `${KIND}:${row.id}:${change.sequence}`,
      details: change.before,
    })),
  );
  return rows.length === PAGE ? rows.at(-1)?.number : undefined;
}

function findUntold(tx: Context, change: Change, after: number) {
  const { organizationId, eventId, sequence, lastNumber } = change;
  return tx.db.execute<{ id: string; user_id: string; number: number }>(sql`
    select r.id, r.user_id, r.number
    from registrations r
    join events e on e.organization_id = r.organization_id and e.id = r.event_id
    where r.organization_id = ${organizationId} and r.event_id = ${eventId}
      and r.number > ${after} and r.number <= ${lastNumber} and r.status in ${liveStatuses}
      and e.calendar_sequence = ${sequence} and e.status in ('published', 'closed')
      and not exists (
        select 1 from notifications n
        where n.organization_id = r.organization_id
          and n.dedupe_key = ${`${KIND}:`} || r.id || ${`:${sequence}`}
      )
    order by r.number
    limit ${PAGE}`);
}

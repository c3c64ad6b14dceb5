import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { enqueue } from "#core/jobs/enqueue.ts";
import { lastSeatAt } from "./seat-rules.ts";

type Moved = { id: string; startsAt: Date; registrationClosesAt: Date };

/**
 * Under the locks of events whose times have moved, in one statement however many: no seat is held beyond the last moment
 * that it can be had.
 */
export async function fitOffers(
  tx: Context,
  organizationId: string,
  events: Moved[],
): Promise<void> {
  if (events.length === 0) return;
  const fitted = await tx.db.execute<{ id: string; last: string }>(sql`
    with moved as (
      select e.id, moved.last
      from unnest(
        ${sql.param(events.map(({ id }) => id))}::uuid[],
        ${sql.param(events.map((event) => lastSeatAt(event).toISOString()))}::timestamptz[]
      ) as moved (id, last)
      join events e on e.organization_id = ${organizationId} and e.id = moved.id
      where e.offers_end_at is not null
    ), fitted as (
      update registrations r set offer_expires_at = moved.last
      from moved
      where r.organization_id = ${organizationId} and r.event_id = moved.id
        and r.status = 'offered' and r.offer_expires_at > moved.last
      returning r.event_id
    )
    update events set offers_end_at = least(offers_end_at, moved.last)
    from moved
    where events.organization_id = ${organizationId} and events.id = moved.id
      and moved.id in (select event_id from fitted)
    returning events.id, moved.last`);
  await enqueue(
    tx,
    "registrations.pass-seats",
    fitted.map(({ id: eventId, last }) => {
      const dueAt = new Date(last);
      const dedupeKey = `registrations.pass-seats:${eventId}:${dueAt.getTime()}`;
      return { organizationId, payload: { eventId }, dueAt, dedupeKey };
    }),
  );
}

import { sql } from "drizzle-orm";
import { recordAudit } from "#core/audit/record-audit.ts";
import type { Context } from "#core/db/context.ts";
import { enqueue } from "#core/jobs/enqueue.ts";
import { lastSeatAt } from "./seat-rules.ts";

type Moved = { id: string; startsAt: Date; registrationClosesAt: Date };
type Fitted = { id: string; eventId: string; before: string; last: string };

/**
 * Under the locks of events whose times have moved, in one statement however many: no seat is held beyond the last moment
 * that it can be had. The log has each; people read it in the letter that tells the event's new time.
 */
export async function fitOffers(
  tx: Context,
  organizationId: string,
  events: Moved[],
): Promise<void> {
  if (events.length === 0) return;
  const fitted = await tx.db.execute<Fitted>(sql`
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
      returning r.id, r.event_id as "eventId", old.offer_expires_at as before, moved.last
    ), counted as (
      update events set offers_end_at = least(offers_end_at, moved.last)
      from moved
      where events.organization_id = ${organizationId} and events.id = moved.id
        and moved.id in (select "eventId" from fitted)
    )
    select id, "eventId", before, last from fitted`);
  if (fitted.length === 0) return;
  await recordAudit(
    tx,
    fitted.map(({ id, before, last }) => ({
      organizationId,
      ...(tx.actor.kind === "user" ? { actorId: tx.actor.userId } : {}),
      action: "events.update",
      entity: "registration",
      entityId: id,
      details: { heldUntil: new Date(last).toISOString(), before: new Date(before).toISOString() },
    })),
  );
  const ends = new Map(fitted.map(({ eventId, last }) => [eventId, new Date(last)]));
  await enqueue(
    tx,
    "registrations.pass-seats",
    [...ends].map(([eventId, dueAt]) => {
      const dedupeKey = `registrations.pass-seats:${eventId}:${dueAt.getTime()}`;
      return { organizationId, payload: { eventId }, dueAt, dedupeKey };
    }),
  );
}

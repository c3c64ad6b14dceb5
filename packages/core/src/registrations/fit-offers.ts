import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { enqueue } from "#core/jobs/enqueue.ts";
import type { EventKey, LockedEvent } from "./lock-event.ts";
import { lastSeatAt } from "./seat-rules.ts";

/** Under the lock, after the event's time has moved: no seat is held beyond the last moment that it can be had. */
export async function fitOffers(tx: Context, key: EventKey, event: LockedEvent): Promise<void> {
  const last = lastSeatAt(event);
  if (event.offersEndAt === null) return;
  const fitted = await tx.db.execute(sql`
    update registrations set offer_expires_at = ${last.toISOString()}
    where organization_id = ${key.organizationId} and event_id = ${key.eventId}
      and status = 'offered' and offer_expires_at > ${last.toISOString()}
    returning 1`);
  if (fitted.length === 0) return;
  if (event.offersEndAt > last) event.offersEndAt = last;
  await enqueue(tx, "registrations.pass-seats", [
    {
      organizationId: key.organizationId,
      payload: { eventId: key.eventId },
      dueAt: last,
      dedupeKey: `registrations.pass-seats:${key.eventId}:${last.getTime()}`,
    },
  ]);
}

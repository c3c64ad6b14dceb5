import { and, eq, sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { events } from "#core/db/schema/events.ts";
import { registrations } from "#core/db/schema/registrations.ts";
import type { EventKey, LockedEvent } from "./lock-event.ts";

/** The event's counters as its moves left them. */
export async function writeCounters(tx: Context, key: EventKey, event: LockedEvent): Promise<void> {
  await tx.db
    .update(events)
    .set({
      capacity: event.capacity,
      seatsTaken: event.seatsTaken,
      waitlistLength: event.waitlistLength,
      // Processes of versions before this counter wrote requests and did not count them.
      pendingCount: event.pendingCount < 0 ? countPending(key) : event.pendingCount,
      offersEndAt: event.offersEndAt,
      seq: event.seq,
      lastNumber: event.lastNumber,
      drawnAt: event.drawnAt,
    })
    .where(and(eq(events.organizationId, key.organizationId), eq(events.id, key.eventId)));
}

/** Under the lock, after the moves: the rows as they are now. */
function countPending({ organizationId, eventId }: EventKey) {
  return sql`(
    select count(*) from ${registrations}
    where ${registrations.organizationId} = ${organizationId} and ${registrations.eventId} = ${eventId}
      and ${registrations.status} = 'pending')`;
}

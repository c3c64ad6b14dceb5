import { and, eq } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { events } from "#core/db/schema/events.ts";
import type { EventKey, LockedEvent } from "./lock-event.ts";

/** The event's counters as its moves left them. */
export async function writeCounters(tx: Context, key: EventKey, event: LockedEvent): Promise<void> {
  await tx.db
    .update(events)
    .set({
      capacity: event.capacity,
      seatsTaken: event.seatsTaken,
      waitlistLength: event.waitlistLength,
      pendingCount: event.pendingCount,
      offersEndAt: event.offersEndAt,
      seq: event.seq,
      lastNumber: event.lastNumber,
      drawnAt: event.drawnAt,
    })
    .where(and(eq(events.organizationId, key.organizationId), eq(events.id, key.eventId)));
}

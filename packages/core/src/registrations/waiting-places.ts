import { and, eq, not, type SQL, sql } from "drizzle-orm";
import type { Db } from "#core/db/context.ts";
import { registrations } from "#core/db/schema/registrations.ts";
import type { EventKey } from "./lock-event.ts";
import { isPassedBy } from "./waitlist-position.ts";

/** The order in which an event's queue gets seats, numbered in one pass; whom seats pass by has no place in it. */
export function waitingPlaces(db: Pick<Db, "select">, key: EventKey) {
  return db
    .select({
      id: registrations.id,
      position: sql<number>`(row_number() over (order by ${registrations.queueNo}))::int`.as(
        "position",
      ),
    })
    .from(registrations)
    .where(
      and(
        ofEvent(key),
        eq(registrations.status, "waitlisted"),
        not(isPassedBy(sql`registrations`)),
      ),
    )
    .as("waiting");
}

export function ofEvent({ organizationId, eventId }: EventKey): SQL | undefined {
  return and(eq(registrations.organizationId, organizationId), eq(registrations.eventId, eventId));
}

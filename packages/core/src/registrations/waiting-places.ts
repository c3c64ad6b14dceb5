import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Db } from "#core/db/context.ts";
import { departments } from "#core/db/schema/departments.ts";
import { registrations } from "#core/db/schema/registrations.ts";
import type { EventKey } from "./lock-event.ts";

/** Everyone's place in an event's queue, numbered in one pass. */
export function waitingPlaces(db: Pick<Db, "select">, key: EventKey) {
  return db
    .select({
      id: registrations.id,
      position: sql<number>`(row_number() over (order by ${registrations.queueNo}))::int`.as(
        "position",
      ),
    })
    .from(registrations)
    .where(and(ofEvent(key), eq(registrations.status, "waitlisted")))
    .as("waiting");
}

export function ofEvent({ organizationId, eventId }: EventKey): SQL | undefined {
  return and(eq(registrations.organizationId, organizationId), eq(registrations.eventId, eventId));
}

/** The department at the time: the registration's own copy. */
export const ofDepartment = and(
  eq(departments.organizationId, registrations.organizationId),
  eq(departments.id, registrations.departmentId),
);

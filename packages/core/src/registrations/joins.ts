import { and, eq } from "drizzle-orm";
import { departments } from "#core/db/schema/departments.ts";
import { events } from "#core/db/schema/events.ts";
import { registrations } from "#core/db/schema/registrations.ts";
import { users } from "#core/db/schema/users.ts";

/** The event that a registration is for. */
export const itsEvent = and(
  eq(events.organizationId, registrations.organizationId),
  eq(events.id, registrations.eventId),
);

/** The person whose registration it is. */
export const itsPerson = and(
  eq(users.organizationId, registrations.organizationId),
  eq(users.id, registrations.userId),
);

/** The department at the time: the registration's own copy. */
export const itsDepartment = and(
  eq(departments.organizationId, registrations.organizationId),
  eq(departments.id, registrations.departmentId),
);

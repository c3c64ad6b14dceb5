import { sql } from "drizzle-orm";
import { registrations } from "#core/db/schema/registrations.ts";

/** Of a row of `registrations`: place in the order of the waitlist, from 1; null for everyone else. */
export const waitlistPosition = sql<
  number | null
>`case when ${registrations.status} = 'waitlisted' then (
  select count(*)::int from registrations ahead
  where ahead.organization_id = ${registrations.organizationId} and ahead.event_id = ${registrations.eventId}
    and ahead.status = 'waitlisted' and ahead.queue_no <= ${registrations.queueNo}
) end`;

import { type SQL, sql } from "drizzle-orm";
import { registrations } from "#core/db/schema/registrations.ts";

/** Whether seats pass a row of `registrations`, by its name, by: its person's account is disabled, and they only keep their place. */
export function isPassedBy(row: SQL): SQL<boolean> {
  return sql`exists (
    select 1 from users absent
    where absent.organization_id = ${row}.organization_id and absent.id = ${row}.user_id
      and absent.disabled_at is not null
  )`;
}

/**
 * Of a row of `registrations`: who gets a seat before it, and it; null for everyone who does not wait. The queue is counted
 * in its index alone, and whom seats pass by, who are few, from their accounts.
 */
export const waitlistPosition = sql<
  number | null
>`case when ${registrations.status} = 'waitlisted' then (
  select count(*)::int from registrations ahead
  where ahead.organization_id = ${registrations.organizationId} and ahead.event_id = ${registrations.eventId}
    and ahead.status = 'waitlisted' and ahead.queue_no <= ${registrations.queueNo}
) - (
  select count(*)::int from users absent
  join registrations passed
    on passed.organization_id = absent.organization_id and passed.user_id = absent.id
  where absent.organization_id = ${registrations.organizationId} and absent.disabled_at is not null
    and passed.event_id = ${registrations.eventId}
    and passed.status = 'waitlisted' and passed.queue_no < ${registrations.queueNo}
) end`;

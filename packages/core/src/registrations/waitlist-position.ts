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

/** Of a row of `registrations`: who gets a seat before it, and it; null for everyone who does not wait. */
export const waitlistPosition = sql<
  number | null
>`case when ${registrations.status} = 'waitlisted' then 1 + (
  select count(*)::int from registrations ahead
  where ahead.organization_id = ${registrations.organizationId} and ahead.event_id = ${registrations.eventId}
    and ahead.status = 'waitlisted' and ahead.queue_no < ${registrations.queueNo}
    and not ${isPassedBy(sql`ahead`)}
) end`;

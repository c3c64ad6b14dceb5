import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { liveStatuses } from "#core/db/schema/registrations.ts";

type Asked = {
  organizationId: SQLWrapper | string;
  email: SQLWrapper;
  userId: SQLWrapper;
  now: Date;
  /** Which events are looked at, each as `open`. */
  among: SQL;
};

/** From where the events come that somebody is invited to and can still come to: those in which they have no place yet. */
export function openInvitations({ organizationId, email, userId, now, among }: Asked): SQL {
  return sql`
    from events open
    where open.organization_id = ${organizationId} and ${among}
      and open.status = 'published' and open.audience = 'invited' and open.ends_at > ${now}
      and exists (
        select 1 from event_invitations invited
        where invited.organization_id = open.organization_id and invited.event_id = open.id
          and invited.email = ${email})
      and not exists (
        select 1 from registrations own
        where own.organization_id = open.organization_id and own.event_id = open.id
          and own.user_id = ${userId} and own.status in ${liveStatuses})`;
}

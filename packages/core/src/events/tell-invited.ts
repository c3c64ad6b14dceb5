import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { liveStatuses } from "#core/db/schema/registrations.ts";
import { PAGE } from "#core/jobs/in-pages.ts";
import { findTold } from "#core/notifications/find-told.ts";
import { queueMessages } from "#core/notifications/queue-messages.ts";
import type { EventKey } from "#core/registrations/lock-event.ts";

const KIND = "events.invitation";

/** Some of the addresses on an event's list, or those after one. */
type Part = EventKey & { emails?: string[]; after?: string | undefined };

/**
 * A mail to each person on the list who was never told, while they can come: a repeat, or who is taken off and put back,
 * gets no other one. An address without an account is nobody's. Gives the last address of a full page.
 */
export async function tellInvited(tx: Context, part: Part): Promise<string | undefined> {
  const { organizationId, eventId, emails } = part;
  if (emails?.length === 0) return undefined;
  const page = await findPage(tx, part);
  const people = page.flatMap(({ user_id }) => user_id ?? []);
  const keyOf = (userId: string) => `${KIND}:${eventId}:${userId}`;
  const told = await findTold(tx, { organizationId, keys: people.map(keyOf) });
  await queueMessages(
    tx,
    people
      .filter((userId) => !told.has(keyOf(userId)))
      .map((userId) => ({ organizationId, eventId, userId, kind: KIND, dedupeKey: keyOf(userId) })),
  );
  return page.length === PAGE ? page.at(-1)?.email : undefined;
}

/**
 * Addresses in their order, each with the person to tell. Their rows are held, so that nobody is taken off and put back
 * meanwhile and told by both. Persons are looked up one by one: a join of tables that the planner knows little of may
 * compare all with all.
 */
function findPage(tx: Context, { organizationId, eventId, emails, after }: Part) {
  return tx.db.execute<{ email: string; user_id: string | null }>(sql`
    with page as materialized (
      select invited.email
      from event_invitations invited
      where invited.organization_id = ${organizationId} and invited.event_id = ${eventId}
        and invited.via = 'list'
        ${emails === undefined ? sql`` : sql`and invited.email = any(${sql.param(emails)}::text[])`}
        ${after === undefined ? sql`` : sql`and invited.email > ${after}`}
        and exists (
          select 1 from events e
          where e.organization_id = ${organizationId} and e.id = ${eventId}
            and e.status = 'published' and e.audience = 'invited' and e.ends_at > ${tx.now()})
      order by invited.email
      limit ${PAGE}
      for key share of invited
    )
    select page.email, (
        select u.id from users u
        where u.organization_id = ${organizationId} and u.email = page.email and u.disabled_at is null
          and not exists (
            select 1 from registrations own
            where own.organization_id = ${organizationId} and own.event_id = ${eventId}
              and own.user_id = u.id and own.status in ${liveStatuses})
      ) as user_id
    from page
    order by page.email`);
}

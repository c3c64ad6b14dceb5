import { type SQL, sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { PAGE } from "#core/jobs/in-pages.ts";
import { findTold } from "#core/notifications/find-told.ts";
import { queueMessages } from "#core/notifications/queue-messages.ts";
import type { EventKey } from "#core/registrations/lock-event.ts";
import { openInvitations } from "./open-invitations.ts";

const KIND = "events.invitation";

/** One event's list after an address, or some addresses of the lists of events that belong to one series. */
type Part = { organizationId: string; eventIds: [string, ...string[]] } & (
  | { emails: string[] }
  | { after: string | undefined }
);

/**
 * A mail to each person on the lists who was never told of the event, or of any one of its series, while they can come: a
 * repeat, or who is taken off and put back, gets no other one. An address without an account is nobody's. Gives the last
 * address of a full page.
 */
export async function tellInvited(tx: Context, part: Part): Promise<string | undefined> {
  const { organizationId, eventIds } = part;
  if ("emails" in part && part.emails.length === 0) return undefined;
  const seriesId = await lockSeries(tx, { organizationId, eventId: eventIds[0] });
  const page = await findPage(tx, part);
  const keyOf = (userId: string) => `${KIND}:${seriesId ?? eventIds[0]}:${userId}`;
  const people = page.flatMap(({ user_id: userId, event_id: eventId }) =>
    userId === null || eventId === null ? [] : { userId, eventId, dedupeKey: keyOf(userId) },
  );
  const keys = people.map(({ dedupeKey }) => dedupeKey);
  const told = await findTold(tx, { organizationId, keys });
  await queueMessages(
    tx,
    people
      .filter(({ dedupeKey }) => !told.has(dedupeKey))
      .map((person) => ({ ...person, organizationId, kind: KIND })),
  );
  return page.length === PAGE ? page.at(-1)?.email : undefined;
}

/** Nobody is told of two events of a series at once, by two who have not seen each other's mail. */
async function lockSeries(
  tx: Context,
  { organizationId, eventId }: EventKey,
): Promise<string | undefined> {
  const [series] = await tx.db.execute<{ id: string }>(sql`
    select series.id
    from events e
    join event_series series on series.organization_id = e.organization_id and series.id = e.series_id
    where e.organization_id = ${organizationId} and e.id = ${eventId}
    for no key update of series`);
  return series?.id;
}

type Invited = { email: string; user_id: string | null; event_id: string | null };

/**
 * Addresses in their order, each with the person to tell and the first event they can come to. Persons are looked up one by
 * one: a join of tables that the planner knows little of may compare all with all.
 */
function findPage(tx: Context, part: Part) {
  const { organizationId, eventIds } = part;
  const open = openInvitations({
    organizationId,
    email: sql`person.email`,
    userId: sql`person.user_id`,
    now: tx.now(),
    among: sql`open.id = any(${sql.param(eventIds)}::uuid[])`,
  });
  return tx.db.execute<Invited>(sql`
    with page as materialized (${addressesOf(part)})
    select person.email, person.user_id, (
        select open.id ${open} order by open.starts_at, open.id limit 1
      ) as event_id
    from (
      select page.email, (
          select u.id from users u
          where u.organization_id = ${organizationId} and u.email = page.email and u.disabled_at is null
        ) as user_id
      from page
      offset 0
    ) as person
    order by person.email`);
}

/** The rows of a list are held, so that nobody is taken off and put back meanwhile and told by both. */
function addressesOf(part: Part): SQL {
  if ("emails" in part)
    return sql`select email from unnest(${sql.param(part.emails)}::text[]) as email`;
  const { organizationId, eventIds, after } = part;
  return sql`
    select invited.email
    from event_invitations invited
    where invited.organization_id = ${organizationId} and invited.event_id = ${eventIds[0]}
      and invited.via = 'list'
      ${after === undefined ? sql`` : sql`and invited.email > ${after}`}
    order by invited.email
    limit ${PAGE}
    for key share of invited`;
}

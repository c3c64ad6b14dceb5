import type { Localized } from "@tsudoi/shared/text.ts";
import { DAY } from "@tsudoi/shared/time.ts";
import { type SQL, sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { liveStatuses } from "#core/db/schema/registrations.ts";
import type { Link } from "#core/platform/links.ts";
import type { EntrySource, Reader } from "./entry-facts.ts";

export type PersonalCalendar = Reader & {
  organization: Localized;
  entries: EntrySource[];
};

const PAST_DAYS = 90;
const MOST_ENTRIES = 1_000;
/** In characters: the page has the rest, and programs fetch the whole calendar every hour. */
const MOST_DESCRIPTION = 500;

/** The calendar behind a feed's address: whose it is, and the first of what is not long over. */
export async function findFeed(ctx: Context, link: Link): Promise<PersonalCalendar | undefined> {
  const since = new Date(ctx.now().getTime() - PAST_DAYS * DAY);
  const entries = entriesWhere(sql`e.ends_at > ${since}`, MOST_DESCRIPTION);
  const [row] = await ctx.db.execute<Row>(sql`
    select ${readerColumns}, ${entries} as entries
    from users u
    join organizations o on o.id = u.organization_id
    left join calendar_feeds f on f.organization_id = u.organization_id and f.user_id = u.id
    where u.organization_id = ${link.organizationId} and u.id = ${link.id}
      and u.disabled_at is null and coalesce(f.generation, ${FIRST_GENERATION}) = ${link.generation}`);
  return row === undefined ? undefined : toCalendar(row);
}

/** One registration as its owner's calendar shows it, whole. */
export async function findEntry(
  ctx: Context,
  wanted: { organizationId: string; registrationId: string },
): Promise<PersonalCalendar | undefined> {
  const [row] = await ctx.db.execute<Row>(sql`
    select ${readerColumns}, ${entriesWhere(sql`r.id = ${wanted.registrationId}`)} as entries
    from registrations mine
    join users u on u.organization_id = mine.organization_id and u.id = mine.user_id
    join organizations o on o.id = u.organization_id
    where mine.organization_id = ${wanted.organizationId} and mine.id = ${wanted.registrationId}
      and u.disabled_at is null`);
  return row === undefined || row.entries.length === 0 ? undefined : toCalendar(row);
}

/** True for a registration of the person's own that a calendar shows. */
export async function hasEntry(
  ctx: Context,
  wanted: { organizationId: string; registrationId: string; userId: string },
): Promise<boolean> {
  const rows = await ctx.db.execute(sql`
    select r.id
    from registrations r
    join events e on e.organization_id = r.organization_id and e.id = r.event_id
    where r.organization_id = ${wanted.organizationId} and r.id = ${wanted.registrationId}
      and r.user_id = ${wanted.userId} and ${isShown}`);
  return rows.length > 0;
}

/** Before a person's address was ever changed, no row says so. */
const FIRST_GENERATION = 1;

/** Which of the addresses there were is the person's; absent for people who are disabled. */
export async function findGeneration(
  ctx: Context,
  person: { organizationId: string; userId: string },
): Promise<number | undefined> {
  const [row] = await ctx.db.execute<{ generation: number }>(sql`
    select coalesce(f.generation, ${FIRST_GENERATION}) as generation
    from users u
    left join calendar_feeds f on f.organization_id = u.organization_id and f.user_id = u.id
    where u.organization_id = ${person.organizationId} and u.id = ${person.userId}
      and u.disabled_at is null`);
  return row?.generation;
}

/** Whoever left, or was turned away, has no such event in their calendar; a cancelled event is still told. */
const isShown = sql`(r.status in ${liveStatuses} or (r.status = 'cancelled' and r.ended_by = 'event'))
  and e.status <> 'draft'`;

const readerColumns = sql`u.locale, u.time_zone as "timeZone",
  json_build_object('ja', o.name_ja, 'en', o.name_en) as organization`;

/** The entries of person `u` as one value, in their order, with so much of each description. */
function entriesWhere(condition: SQL, mostDescription?: number): SQL {
  const cut = (column: SQL) =>
    mostDescription === undefined
      ? column
      : sql`case when length(${column}) > ${mostDescription}
          then left(${column}, ${mostDescription}) || '…' else ${column} end`;
  return sql`(
    select coalesce(json_agg(json_build_object(
      'registrationId', entry.id, 'status', entry.status, 'updatedAt', entry.changed_at, 'event', entry.event
    ) order by entry.starts_at, entry.id), '[]')
    from (
      select r.id, r.status, greatest(r.updated_at, e.updated_at) as changed_at, e.starts_at,
        json_build_object(
          'id', e.id, 'status', e.status, 'allocation', e.allocation,
          'title', json_build_object('ja', e.title_ja, 'en', e.title_en),
          'description', json_build_object(
            'ja', ${cut(sql`e.description_ja`)}, 'en', ${cut(sql`e.description_en`)}),
          'startsAt', e.starts_at, 'endsAt', e.ends_at, 'timeZone', e.time_zone,
          'location', e.location, 'locationFor', e.location_for, 'onlineUrl', e.online_url,
          'calendarSequence', e.calendar_sequence
        ) as event
      from registrations r
      join events e on e.organization_id = r.organization_id and e.id = r.event_id
      where r.organization_id = u.organization_id and r.user_id = u.id and ${isShown} and ${condition}
      order by e.starts_at, r.id
      limit ${MOST_ENTRIES}
    ) entry)`;
}

/** Instants in JSON are texts. */
type Written<T> = { [Key in keyof T]: T[Key] extends Date ? string : T[Key] };
type EntryRow = Written<Omit<EntrySource, "event">> & { event: Written<EntrySource["event"]> };
type Row = Record<string, unknown> & Omit<PersonalCalendar, "entries"> & { entries: EntryRow[] };

function toCalendar({ entries, ...reader }: Row): PersonalCalendar {
  return {
    locale: reader.locale,
    timeZone: reader.timeZone,
    organization: reader.organization,
    entries: entries.map(({ event, ...entry }) => ({
      ...entry,
      updatedAt: new Date(entry.updatedAt),
      event: { ...event, startsAt: new Date(event.startsAt), endsAt: new Date(event.endsAt) },
    })),
  };
}

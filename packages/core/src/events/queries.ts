import { type EventPage, type ListEventsInput, MAX_EVENT_DAYS } from "@tsudoi/shared/events.ts";
import { searchable } from "@tsudoi/shared/text.ts";
import { DAY } from "@tsudoi/shared/time.ts";
import {
  and,
  asc,
  eq,
  gt,
  gte,
  isNotNull,
  like,
  lt,
  lte,
  ne,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import { authorise } from "#core/auth/authorise.ts";
import type { Context, UserActor } from "#core/db/context.ts";
import { readCursor, TimeAndId, writeCursor } from "#core/db/cursor.ts";
import { categories } from "#core/db/schema/categories.ts";
import { departments } from "#core/db/schema/departments.ts";
import { eventOrganizers } from "#core/db/schema/event-organizers.ts";
import { events } from "#core/db/schema/events.ts";
import { liveStatuses, registrations } from "#core/db/schema/registrations.ts";
import { ofCategory, ofDepartment, summaryColumns, toSummary } from "./columns.ts";

/** A page of events with seats and the caller's own status, in one statement. */
export async function listEvents(ctx: Context, input: ListEventsInput): Promise<EventPage> {
  const actor = authorise(ctx, "events.browse");
  const rows = await ctx.db
    .select({ ...summaryColumns, myStatus: registrations.status })
    .from(events)
    .innerJoin(categories, ofCategory)
    .leftJoin(departments, ofDepartment)
    .leftJoin(registrations, isMyLiveRegistration(actor))
    .where(
      and(
        eq(events.organizationId, actor.organizationId),
        inScope(ctx, actor, input),
        inTime(ctx, input),
        matches(actor, input),
        after(input.cursor),
      ),
    )
    .orderBy(asc(events.startsAt), asc(events.id))
    .limit(input.limit + 1);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => toSummary(row, row.myStatus)),
    nextCursor:
      rows.length > input.limit && last !== undefined
        ? writeCursor([last.startsAt.getTime(), last.id])
        : null,
  };
}

function inScope(ctx: Context, actor: UserActor, input: ListEventsInput): SQL | undefined {
  const wanted = input.status === undefined ? undefined : eq(events.status, input.status);
  switch (input.scope) {
    case "open":
      return and(
        wanted ?? eq(events.status, "published"),
        isNotNull(events.publishedAt),
        notOver(ctx),
      );
    case "mine":
      return and(wanted, isNotNull(registrations.id), ne(events.status, "draft"));
    case "organizing":
      return and(wanted, actor.role === "admin" ? undefined : organizedBy(actor));
  }
}

/** The second condition gives the index its start: no event lasts longer. */
function notOver(ctx: Context): SQL | undefined {
  const now = ctx.now();
  const earliest = new Date(now.getTime() - MAX_EVENT_DAYS * DAY);
  return and(gt(events.endsAt, now), gt(events.startsAt, earliest));
}

function inTime(ctx: Context, { when }: ListEventsInput): SQL | undefined {
  if (when === undefined) return undefined;
  return when === "past" ? isOver(ctx) : notOver(ctx);
}

/** The second condition gives the index its end. */
function isOver(ctx: Context): SQL | undefined {
  return and(lte(events.endsAt, ctx.now()), lt(events.startsAt, ctx.now()));
}

function organizedBy(actor: UserActor): SQL {
  return sql`exists (
    select 1 from ${eventOrganizers}
    where ${eventOrganizers.organizationId} = ${events.organizationId}
      and ${eventOrganizers.eventId} = ${events.id}
      and ${eventOrganizers.userId} = ${actor.userId})`;
}

function matches(actor: UserActor, input: ListEventsInput): SQL | undefined {
  return and(
    input.category === undefined ? undefined : eq(events.categorySlug, input.category),
    input.from === undefined ? undefined : gte(events.startsAt, new Date(input.from)),
    input.to === undefined ? undefined : lt(events.startsAt, new Date(input.to)),
    ...wordsOf(input.text).map((word) => hasWord(actor, `%${word}%`)),
  );
}

/** In the event's own text, or its department's name: these are few, and looked through once. */
function hasWord({ organizationId }: UserActor, pattern: string): SQL | undefined {
  const hosts = sql`array(
    select ${departments.id} from ${departments}
    where ${departments.organizationId} = ${organizationId}
      and lower(normalize(${departments.nameJa} || ' ' || ${departments.nameEn}, NFKC)) like ${pattern})`;
  return or(like(events.searchText, pattern), sql`${events.departmentId} = any(${hosts})`);
}

/** Every word counts, in any order; what LIKE reads as a pattern is a letter here. */
function wordsOf(text: string | undefined): string[] {
  const words = searchable(text ?? "").split(" ");
  return words.filter((word) => word !== "").map((word) => word.replace(/[\\%_]/g, "\\$&"));
}

/** A comparison of whole positions is one that the index can start from. */
function after(cursor: string | undefined): SQL | undefined {
  if (cursor === undefined) return undefined;
  const [startsAt, id] = readCursor(cursor, TimeAndId);
  const start = new Date(startsAt).toISOString();
  return sql`(${events.startsAt}, ${events.id}) > (${start}::timestamptz, ${id}::uuid)`;
}

function isMyLiveRegistration(actor: UserActor): SQL | undefined {
  return and(
    eq(registrations.organizationId, events.organizationId),
    eq(registrations.eventId, events.id),
    eq(registrations.userId, actor.userId),
    sql`${registrations.status} in ${liveStatuses}`,
  );
}

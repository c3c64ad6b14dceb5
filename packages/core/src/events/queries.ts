import {
  type EventPage,
  type EventScope,
  type EventSummary,
  type ListEventsInput,
  MAX_EVENT_DAYS,
} from "@tsudoi/shared/events.ts";
import { can, type EventRole } from "@tsudoi/shared/permissions.ts";
import { DAY } from "@tsudoi/shared/time.ts";
import { and, asc, eq, gt, gte, isNotNull, lt, lte, ne, type SQL, sql } from "drizzle-orm";
import { authorise } from "#core/auth/authorise.ts";
import type { Context, UserActor } from "#core/db/context.ts";
import { readCursor, TimeAndId, writeCursor } from "#core/db/cursor.ts";
import { categories } from "#core/db/schema/categories.ts";
import { departments } from "#core/db/schema/departments.ts";
import { eventOrganizers } from "#core/db/schema/event-organizers.ts";
import { events } from "#core/db/schema/events.ts";
import { liveStatuses, registrations } from "#core/db/schema/registrations.ts";
import { isVisible } from "./audience.ts";
import { ofCategory, ofDepartment, summaryColumns, toSummary } from "./columns.ts";
import { findFirst, hasWords, wordsOf } from "./search.ts";

/** A page of events with seats and the caller's own status, in one statement. */
export async function listEvents(ctx: Context, input: ListEventsInput): Promise<EventPage> {
  const actor = authorise(ctx, "events.browse");
  const rows = await ctx.db
    .select({
      ...summaryColumns,
      myStatus: registrations.status,
      pendingCount: events.pendingCount,
      myRole: roleIn(actor, input.scope),
    })
    .from(events)
    .innerJoin(categories, ofCategory)
    .leftJoin(departments, ofDepartment)
    .leftJoin(registrations, isMyLiveRegistration(actor, input.scope))
    .where(and(eq(events.organizationId, actor.organizationId), isWanted(ctx, actor, input)))
    .orderBy(asc(events.startsAt), asc(events.id))
    .limit(input.limit + 1);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      ...toSummary(ctx, row, {
        myStatus: row.myStatus,
        mayEdit: can(actor, "events.edit", roleOf(actor, row)),
      }),
      ...(input.scope === "organizing" ? partOf(actor, row) : {}),
    })),
    nextCursor:
      rows.length > input.limit && last !== undefined
        ? writeCursor([last.startsAt.getTime(), last.id])
        : null,
  };
}

/** Asked of what one organises alone: the caller's role in each. */
function roleIn({ userId }: UserActor, scope: EventScope): SQL<EventRole | null> {
  if (scope !== "organizing") return sql`null`;
  return sql`(
    select own.role from event_organizers own
    where own.organization_id = ${events.organizationId} and own.event_id = ${events.id}
      and own.user_id = ${userId})`;
}

type Part = { pendingCount: number; myRole: EventRole | null };

function roleOf({ organizationId }: UserActor, { myRole }: Pick<Part, "myRole">) {
  return { organizationId, eventRole: myRole ?? undefined };
}

function partOf(actor: UserActor, row: Part): Pick<EventSummary, "pendingCount" | "myRole"> {
  const seesPeople = can(actor, "registrations.list-for-event", roleOf(actor, row));
  return {
    ...(seesPeople ? { pendingCount: row.pendingCount } : {}),
    ...(row.myRole === null ? {} : { myRole: row.myRole }),
  };
}

/** What only a few people's few events can be is looked through, the rest is searched for. */
function isWanted(ctx: Context, actor: UserActor, input: ListEventsInput): SQL | undefined {
  const words = wordsOf(input.text);
  const where = and(
    inScope(ctx, actor, input),
    isVisible(actor),
    inTime(ctx, input),
    matches(input),
    after(input.cursor),
  );
  const isOwn = input.scope === "mine" || (input.scope === "organizing" && actor.role !== "admin");
  if (isOwn || words.length === 0) return and(where, hasWords(words));
  const { organizationId } = actor;
  const found = findFirst({
    ...{ organizationId, words, limit: input.limit + 1 },
    ...startOf(ctx, input),
    where: and(eq(events.organizationId, organizationId), where),
  });
  return sql`${events.id} = any(array(${found}))`;
}

/** Between which instants the events that are asked for start. */
function startOf(ctx: Context, { scope, when, ...input }: ListEventsInput) {
  const isToCome = scope === "open" || when === "upcoming";
  const from = [
    isToCome ? earliestOfNow(ctx).getTime() : undefined,
    input.from === undefined ? undefined : Date.parse(input.from),
    input.cursor === undefined ? undefined : readCursor(input.cursor, TimeAndId)[0],
  ].filter((time) => time !== undefined);
  const to = [
    when === "past" ? ctx.now().getTime() : undefined,
    input.to === undefined ? undefined : Date.parse(input.to),
  ].filter((time) => time !== undefined);
  return {
    from: from.length === 0 ? undefined : new Date(Math.max(...from)),
    to: to.length === 0 ? undefined : new Date(Math.min(...to)),
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
  return and(gt(events.endsAt, ctx.now()), gt(events.startsAt, earliestOfNow(ctx)));
}

function earliestOfNow(ctx: Context): Date {
  return new Date(ctx.now().getTime() - MAX_EVENT_DAYS * DAY);
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

function matches(input: ListEventsInput): SQL | undefined {
  return and(
    input.category === undefined ? undefined : eq(events.categorySlug, input.category),
    input.seriesId === undefined ? undefined : eq(events.seriesId, input.seriesId),
    input.from === undefined ? undefined : gte(events.startsAt, new Date(input.from)),
    input.to === undefined ? undefined : lt(events.startsAt, new Date(input.to)),
  );
}

/** A comparison of whole positions is one that the index can start from. */
function after(cursor: string | undefined): SQL | undefined {
  if (cursor === undefined) return undefined;
  const [startsAt, id] = readCursor(cursor, TimeAndId);
  const start = new Date(startsAt).toISOString();
  return sql`(${events.startsAt}, ${events.id}) > (${start}::timestamptz, ${id}::uuid)`;
}

/**
 * One's own list begins with one's registrations. Where it begins with events, `=` makes the planner believe that an
 * event has a registration or none, and take any index of events, with everybody's in it: a range of one does not.
 */
function isMyLiveRegistration(actor: UserActor, scope: EventScope): SQL | undefined {
  const isOfEvent =
    scope === "mine"
      ? eq(registrations.eventId, events.id)
      : sql`${registrations.eventId} between ${events.id} and ${events.id}`;
  return and(
    eq(registrations.organizationId, events.organizationId),
    isOfEvent,
    eq(registrations.userId, actor.userId),
    sql`${registrations.status} in ${liveStatuses}`,
  );
}

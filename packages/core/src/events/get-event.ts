import { DomainError } from "@tsudoi/shared/errors.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import { can } from "@tsudoi/shared/permissions.ts";
import { LIVE_STATUSES } from "@tsudoi/shared/registrations.ts";
import { wayIn } from "@tsudoi/shared/way-in.ts";
import { and, eq, sql } from "drizzle-orm";
import { authorise } from "#core/auth/authorise.ts";
import type { Context } from "#core/db/context.ts";
import { categories } from "#core/db/schema/categories.ts";
import { departments } from "#core/db/schema/departments.ts";
import { events } from "#core/db/schema/events.ts";
import { eventCacheKey } from "./cache.ts";
import { ofCategory, ofDepartment, summaryColumns, toSummary } from "./columns.ts";
import { drawHash } from "./draw-seed.ts";
import { findMine, type Mine } from "./find-mine.ts";
import { toEnded, toOwn } from "./own-registration.ts";

/** What is told to one reader and not to all. */
type Own =
  | "myStatus"
  | "myRegistration"
  | "endedRegistration"
  | "myRole"
  | "location"
  | "hidesLocation"
  | "onlineUrl"
  | "pendingCount"
  | "seq";

type Detail = {
  event: Omit<Event, Own>;
  ways: Parameters<typeof wayIn>[0];
  pendingCount: number;
  seq: number;
};

/** One event as the caller may see it: shared facts at most two seconds old, the caller's own exact. */
export async function getEvent(ctx: Context, input: { eventId: string }): Promise<Event> {
  const actor = authorise(ctx, "events.browse");
  const mine = await findMine(ctx, actor, input.eventId);
  if (!mine.isVisible) throw new DomainError("NOT_FOUND");
  const scope = { organizationId: actor.organizationId, eventRole: mine.role ?? undefined };
  const seesDraft = can(actor, "events.view-draft", scope);
  const detail = seesDraft
    ? await loadDetail(ctx, actor.organizationId, input.eventId)
    : await cachedDetail(ctx, {
        ...input,
        organizationId: actor.organizationId,
        seen: mine,
      });
  if (detail.event.status === "draft" && !seesDraft) throw new DomainError("NOT_FOUND");
  const { ways, pendingCount, seq } = detail;
  const joins = mine.status === "confirmed" || can(actor, "events.edit", scope);
  const { onlineUrl, ...place } = wayIn(ways, joins);
  const seesPeople = can(actor, "registrations.list-for-event", scope);
  return {
    ...detail.event,
    ...place,
    ...(onlineUrl === null ? {} : { onlineUrl }),
    ...(seesPeople ? { pendingCount, seq } : {}),
    ...(mine.role === null ? {} : { myRole: mine.role }),
    ...ownRegistration(mine),
  };
}

type OwnRegistration = Pick<Event, "myStatus" | "myRegistration" | "endedRegistration">;

/** With the seats of the same moment, so that whoever follows them knows what one's place has not seen yet. */
function ownRegistration(
  mine: Mine,
): OwnRegistration & Partial<Pick<Event, "seatsTaken" | "waitlistLength" | "seq">> {
  if (mine.status === null) return {};
  const isLive = LIVE_STATUSES.some((status) => status === mine.status);
  if (!isLive) return { endedRegistration: toEnded(mine) };
  const { eventSeq: seq, seatsTaken, waitlistLength } = mine;
  const own = { myStatus: mine.status, myRegistration: toOwn(mine) };
  return { ...own, seatsTaken, waitlistLength, seq };
}

/** A change of one's own carries the event's `seq`, an edit its `version`: a cached row that has not seen them is loaded again. */
async function cachedDetail(
  ctx: Context,
  wanted: { eventId: string; organizationId: string; seen: Pick<Mine, "seq" | "version"> },
): Promise<Detail> {
  const key = eventCacheKey(wanted.organizationId, wanted.eventId);
  const load = () => loadDetail(ctx, wanted.organizationId, wanted.eventId);
  const cached = await ctx.cache.fetch("event_detail", key, load);
  const { seq, version } = wanted.seen;
  if (cached.seq >= seq && cached.event.version >= version) return cached;
  ctx.cache.forget("event_detail", key);
  return ctx.cache.fetch("event_detail", key, load);
}

async function loadDetail(ctx: Context, organizationId: string, eventId: string): Promise<Detail> {
  const [row] = await ctx.db
    .select({
      ...summaryColumns,
      descriptionJa: events.descriptionJa,
      descriptionEn: events.descriptionEn,
      cancelUntil: events.cancelUntil,
      cancelReason: events.cancelReason,
      offerHours: events.offerHours,
      entrants,
      drawSeed: events.drawSeed,
      pendingCount: events.pendingCount,
      questions: events.questions,
      answersUntil: events.answersUntil,
      seq: events.seq,
      version: events.version,
      forDepartments,
      organizers: organizersOf,
    })
    .from(events)
    .innerJoin(categories, ofCategory)
    .leftJoin(departments, ofDepartment)
    .where(and(eq(events.organizationId, organizationId), eq(events.id, eventId)));
  if (row === undefined) throw new DomainError("NOT_FOUND");
  return {
    event: {
      ...toSummary(ctx, row, {}),
      description: { ja: row.descriptionJa, en: row.descriptionEn },
      locationFor: row.locationFor,
      cancelUntil: row.cancelUntil?.toISOString() ?? null,
      cancelReason: row.cancelReason,
      offerHours: row.offerHours,
      entrants: row.entrants,
      ...drawOf(row),
      questions: row.questions,
      answersUntil: row.answersUntil?.toISOString() ?? null,
      forDepartments: row.forDepartments,
      organizers: row.organizers,
      version: row.version,
    },
    ways: row,
    pendingCount: row.pendingCount,
    seq: row.seq,
  };
}

/** Before the draw the seed is secret, and its hash holds it to what it is. */
function drawOf({ drawnAt, drawSeed }: { drawnAt: Date | null; drawSeed: string | null }) {
  return {
    drawHash: drawSeed === null ? null : drawHash(drawSeed),
    drawSeed: drawnAt === null ? null : drawSeed,
  };
}

/** Who waits for the draw, and after it how far its order goes. */
const entrants = sql<number | null>`case
  when ${events.allocation} <> 'lottery' then null
  when ${events.drawnAt} is null then ${events.pendingCount}
  else coalesce((
    select max(drawn.draw_rank) from registrations drawn
    where drawn.organization_id = ${events.organizationId} and drawn.event_id = ${events.id}
      and drawn.draw_rank is not null
  ), 0) end`;

const forDepartments = sql<
  Event["forDepartments"]
>`case when ${events.audience} <> 'departments' then '[]' else (
  select coalesce(json_agg(json_build_object(
    'id', d.id, 'name', json_build_object('ja', d.name_ja, 'en', d.name_en)) order by d.name_ja, d.id), '[]')
  from event_departments invited
  join departments d on d.organization_id = invited.organization_id and d.id = invited.department_id
  where invited.organization_id = ${events.organizationId} and invited.event_id = ${events.id}
) end`;

/** As many as a page can name; who else helps is a list of its own. */
const MOST_ORGANIZERS = 20;

const organizersOf = sql<Event["organizers"]>`(
  select coalesce(json_agg(json_build_object(
    'id', shown.id, 'familyName', shown.family_name, 'givenName', shown.given_name, 'role', shown.role
  ) order by shown.created_at, shown.id), '[]')
  from (
    select u.id, u.family_name, u.given_name, o.role, o.created_at
    from event_organizers o
    join users u on u.organization_id = o.organization_id and u.id = o.user_id
    where o.organization_id = ${events.organizationId} and o.event_id = ${events.id}
      and o.role in ('owner', 'editor')
    order by o.created_at, u.id
    limit ${MOST_ORGANIZERS}
  ) shown)`;

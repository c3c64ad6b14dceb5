import { DomainError } from "@tsudoi/shared/errors.ts";
import type { SeriesPart } from "@tsudoi/shared/event-series.ts";
import { type Action, can, type EventRole } from "@tsudoi/shared/permissions.ts";
import { and, asc, eq, or, sql } from "drizzle-orm";
import type { Context, UserActor } from "#core/db/context.ts";
import { events } from "#core/db/schema/events.ts";
import { authoriseForEvent } from "./authorise-for-event.ts";

type Row = typeof events.$inferSelect;
/** With whom it is for, in the order of ids. */
export type EventRow = Row & { departmentIds: string[] };
export type LockedEvents = { target: EventRow; others: EventRow[] };

type Wanted = { eventId: string; may: Action; apply?: SeriesPart };

/**
 * The event's row under its lock, and those of its series that are meant with it, for who may do this to each of them.
 * Rows of a series are locked in one order, so that two changes never wait for each other.
 */
export async function lockEvents(
  tx: Context & { actor: UserActor },
  { eventId, may, apply = "this" }: Wanted,
): Promise<LockedEvents> {
  const actor = await authoriseForEvent(tx, may, eventId);
  const rows = await selectLocked(tx, { eventId, withSeries: apply !== "this" });
  const target = rows.find(({ id }) => id === eventId);
  if (target === undefined) throw new DomainError("NOT_FOUND");
  const others = rows.filter(
    ({ id, startsAt }) => id !== eventId && (apply === "all" || startsAt >= target.startsAt),
  );
  const own = await readOwn(tx, [target, ...others]);
  const whole = (row: Row): EventRow => {
    const { role = null, departmentIds = [] } = own.get(row.id) ?? {};
    requireRole({ actor, may }, row, role);
    return { ...row, departmentIds };
  };
  return { target: whole(target), others: others.map(whole) };
}

function selectLocked(
  tx: Context & { actor: UserActor },
  { eventId, withSeries }: { eventId: string; withSeries: boolean },
) {
  const { organizationId } = tx.actor;
  const isTarget = eq(events.id, eventId);
  const isOfSeries = sql`${events.seriesId} = (
    select target.series_id from events target
    where target.organization_id = ${organizationId} and target.id = ${eventId})`;
  return tx.db
    .select()
    .from(events)
    .where(
      and(
        eq(events.organizationId, organizationId),
        withSeries ? or(isTarget, isOfSeries) : isTarget,
      ),
    )
    .orderBy(asc(events.id))
    .for("update");
}

type Own = { id: string; role: EventRole | null; departmentIds: string[] };

/** A statement of its own: one that waited for a lock has read all other rows as they were before. */
async function readOwn(tx: Context & { actor: UserActor }, rows: Row[]): Promise<Map<string, Own>> {
  const { organizationId, userId } = tx.actor;
  const own = await tx.db.execute<Own>(sql`
    select locked.id, o.role, array(
        select invited.department_id from event_departments invited
        where invited.organization_id = ${organizationId} and invited.event_id = locked.id
        order by invited.department_id
      ) as "departmentIds"
    from unnest(${sql.param(rows.map(({ id }) => id))}::uuid[]) as locked (id)
    left join event_organizers o
      on o.organization_id = ${organizationId} and o.event_id = locked.id and o.user_id = ${userId}`);
  return new Map(own.map((row) => [row.id, row]));
}

/** All or none: one that the caller may not touch refuses the others with it. */
function requireRole(
  { actor, may }: { actor: UserActor; may: Action },
  event: Row,
  role: EventRole | null,
): void {
  const scope = { organizationId: actor.organizationId, eventRole: role ?? undefined };
  if (!can(actor, may, scope)) {
    throw new DomainError("FORBIDDEN", { fields: { eventId: event.id } });
  }
}

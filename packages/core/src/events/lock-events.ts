import { DomainError } from "@tsudoi/shared/errors.ts";
import type { SeriesPart } from "@tsudoi/shared/event-input.ts";
import { type Action, can, type EventRole } from "@tsudoi/shared/permissions.ts";
import { and, asc, eq, getTableColumns, or, sql } from "drizzle-orm";
import type { Context, UserActor } from "#core/db/context.ts";
import { eventOrganizers } from "#core/db/schema/event-organizers.ts";
import { events } from "#core/db/schema/events.ts";
import { authoriseForEvent } from "./authorise-for-event.ts";

const { searchText: _, ...columns } = getTableColumns(events);
const departmentIds = sql<string[]>`array(
  select invited.department_id from event_departments invited
  where invited.organization_id = ${events.organizationId} and invited.event_id = ${events.id}
  order by invited.department_id)`;

/** With whom it is for, in the order of ids. */
export type EventRow = Omit<typeof events.$inferSelect, "searchText"> & { departmentIds: string[] };
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
  const target = rows.find(({ event }) => event.id === eventId)?.event;
  if (target === undefined) throw new DomainError("NOT_FOUND");
  const others = rows.filter(
    ({ event }) => event.id !== eventId && (apply === "all" || event.startsAt >= target.startsAt),
  );
  for (const { event, role } of others) requireRole({ actor, may }, event, role);
  return { target, others: others.map(({ event }) => event) };
}

function selectLocked(
  tx: Context & { actor: UserActor },
  { eventId, withSeries }: { eventId: string; withSeries: boolean },
) {
  const { organizationId, userId } = tx.actor;
  const isTarget = eq(events.id, eventId);
  const isOfSeries = sql`${events.seriesId} = (
    select target.series_id from events target
    where target.organization_id = ${organizationId} and target.id = ${eventId})`;
  return tx.db
    .select({ event: { ...columns, departmentIds }, role: eventOrganizers.role })
    .from(events)
    .leftJoin(
      eventOrganizers,
      and(
        eq(eventOrganizers.organizationId, events.organizationId),
        eq(eventOrganizers.eventId, events.id),
        eq(eventOrganizers.userId, userId),
      ),
    )
    .where(
      and(
        eq(events.organizationId, organizationId),
        withSeries ? or(isTarget, isOfSeries) : isTarget,
      ),
    )
    .orderBy(asc(events.id))
    .for("update", { of: events });
}

/** All or none: one that the caller may not touch refuses the others with it. */
function requireRole(
  { actor, may }: { actor: UserActor; may: Action },
  event: EventRow,
  role: EventRole | null,
): void {
  const scope = { organizationId: actor.organizationId, eventRole: role ?? undefined };
  if (!can(actor, may, scope)) {
    throw new DomainError("FORBIDDEN", { fields: { eventId: event.id } });
  }
}

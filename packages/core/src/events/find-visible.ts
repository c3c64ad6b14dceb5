import { can, type EventRole } from "@tsudoi/shared/permissions.ts";
import { and, eq, inArray } from "drizzle-orm";
import { authorise } from "#core/auth/authorise.ts";
import type { Context } from "#core/db/context.ts";
import { eventOrganizers } from "#core/db/schema/event-organizers.ts";
import { events } from "#core/db/schema/events.ts";
import { isReachable } from "./audience.ts";

/** Those of the events that `events.get` would show the caller, in one statement; of the others nothing is told. */
export async function findVisible(ctx: Context, eventIds: readonly string[]): Promise<Set<string>> {
  const actor = authorise(ctx, "events.browse");
  const rows = await ctx.db
    .select({ id: events.id, status: events.status, role: eventOrganizers.role })
    .from(events)
    .leftJoin(
      eventOrganizers,
      and(
        eq(eventOrganizers.organizationId, events.organizationId),
        eq(eventOrganizers.eventId, events.id),
        eq(eventOrganizers.userId, actor.userId),
      ),
    )
    .where(
      and(
        eq(events.organizationId, actor.organizationId),
        inArray(events.id, [...eventIds]),
        isReachable(actor),
      ),
    );
  const seesDraft = (role: EventRole | null) =>
    can(actor, "events.view-draft", {
      organizationId: actor.organizationId,
      eventRole: role ?? undefined,
    });
  const visible = rows.filter(({ status, role }) => status !== "draft" || seesDraft(role));
  return new Set(visible.map(({ id }) => id));
}

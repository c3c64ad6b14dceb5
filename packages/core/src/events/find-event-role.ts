import type { EventRole } from "@tsudoi/shared/permissions.ts";
import { and, eq } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { eventOrganizers } from "#core/db/schema/event-organizers.ts";

/** The caller's own role in an event, if any. */
export async function findEventRole(ctx: Context, eventId: string): Promise<EventRole | undefined> {
  if (ctx.actor.kind !== "user") return undefined;
  const [row] = await ctx.db
    .select({ role: eventOrganizers.role })
    .from(eventOrganizers)
    .where(
      and(
        eq(eventOrganizers.organizationId, ctx.actor.organizationId),
        eq(eventOrganizers.eventId, eventId),
        eq(eventOrganizers.userId, ctx.actor.userId),
      ),
    );
  return row?.role;
}

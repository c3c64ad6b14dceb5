import { DomainError } from "@tsudoi/shared/errors.ts";
import type { EventIdInput } from "@tsudoi/shared/events.ts";
import { and, eq } from "drizzle-orm";
import { requireUser } from "#core/auth/require-user.ts";
import type { Context } from "#core/db/context.ts";
import { events } from "#core/db/schema/events.ts";
import { authoriseForEvent } from "./authorise-for-event.ts";
import type { InviteLink } from "./invite-token.ts";

/** The link that invites whoever of the organisation follows it, for the event's organisers; the same one each time. */
export async function inviteLink(ctx: Context, { eventId }: EventIdInput): Promise<InviteLink> {
  const asking = { ...ctx, actor: requireUser(ctx) };
  const { organizationId } = await authoriseForEvent(asking, "events.edit", eventId);
  const [event] = await ctx.db
    .select({ generation: events.inviteGeneration })
    .from(events)
    .where(and(eq(events.organizationId, organizationId), eq(events.id, eventId)));
  if (event === undefined) throw new DomainError("NOT_FOUND");
  return { eventId, generation: event.generation };
}

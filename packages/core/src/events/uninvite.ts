import type { InviteInput } from "@tsudoi/shared/invitations.ts";
import { and, eq, inArray } from "drizzle-orm";
import { recordAudit } from "#core/audit/record-audit.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context } from "#core/db/context.ts";
import { eventInvitations } from "#core/db/schema/event-invitations.ts";
import { transaction } from "#core/db/transaction.ts";
import { authoriseForEvent } from "./authorise-for-event.ts";

/** Takes addresses off the event's list; who has a place in the event keeps it. */
export async function uninvite(ctx: Context, input: InviteInput): Promise<{ uninvited: number }> {
  authorise(ctx, "events.browse");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const { eventId, emails } = input;
    const { organizationId, userId } = await authoriseForEvent(tx, "events.edit", eventId);
    const removed = await tx.db
      .delete(eventInvitations)
      .where(
        and(
          eq(eventInvitations.organizationId, organizationId),
          eq(eventInvitations.eventId, eventId),
          inArray(eventInvitations.email, emails),
        ),
      )
      .returning({ eventId: eventInvitations.eventId });
    await recordAudit(tx, [
      {
        organizationId,
        actorId: userId,
        action: "events.uninvite",
        entity: "event",
        entityId: eventId,
        details: { uninvited: removed.length },
      },
    ]);
    return { uninvited: removed.length };
  });
}

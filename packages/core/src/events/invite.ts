import type { InviteInput } from "@tsudoi/shared/invitations.ts";
import { recordAudit } from "#core/audit/record-audit.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context } from "#core/db/context.ts";
import { eventInvitations } from "#core/db/schema/event-invitations.ts";
import { transaction } from "#core/db/transaction.ts";
import { authoriseForEvent } from "./authorise-for-event.ts";

/** Puts addresses on the event's list, each once, and answers how many were new. */
export async function invite(ctx: Context, input: InviteInput): Promise<{ invited: number }> {
  authorise(ctx, "events.browse");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const { eventId, emails } = input;
    const { organizationId, userId } = await authoriseForEvent(tx, "events.edit", eventId);
    // In one order, so that two lists with the same addresses never wait for each other.
    const addresses = [...new Set(emails)].toSorted();
    const added = await tx.db
      .insert(eventInvitations)
      .values(addresses.map((email) => ({ organizationId, eventId, email, via: "list" as const })))
      .onConflictDoNothing()
      .returning({ eventId: eventInvitations.eventId });
    await recordAudit(tx, [
      {
        organizationId,
        actorId: userId,
        action: "events.invite",
        entity: "event",
        entityId: eventId,
        details: { invited: added.length },
      },
    ]);
    return { invited: added.length };
  });
}

import { DomainError } from "@tsudoi/shared/errors.ts";
import type { EventIdInput } from "@tsudoi/shared/events.ts";
import { and, eq, sql } from "drizzle-orm";
import { recordAudit } from "#core/audit/record-audit.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context } from "#core/db/context.ts";
import { events } from "#core/db/schema/events.ts";
import { transaction } from "#core/db/transaction.ts";
import { authoriseForEvent } from "./authorise-for-event.ts";
import type { InviteLink } from "./invite-token.ts";

/** A new invite link: the ones before invite nobody any more, and whoever came by them stays invited. */
export async function rotateInviteLink(
  ctx: Context,
  { eventId }: EventIdInput,
): Promise<InviteLink> {
  authorise(ctx, "events.browse");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const { organizationId, userId } = await authoriseForEvent(tx, "events.edit", eventId);
    const [event] = await tx.db
      .update(events)
      .set({ inviteGeneration: sql`${events.inviteGeneration} + 1` })
      .where(and(eq(events.organizationId, organizationId), eq(events.id, eventId)))
      .returning({ generation: events.inviteGeneration });
    if (event === undefined) throw new DomainError("NOT_FOUND");
    await recordAudit(tx, [
      {
        organizationId,
        actorId: userId,
        action: "events.rotateInviteLink",
        entity: "event",
        entityId: eventId,
      },
    ]);
    return { eventId, generation: event.generation };
  });
}

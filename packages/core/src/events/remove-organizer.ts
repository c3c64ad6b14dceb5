import { DomainError } from "@tsudoi/shared/errors.ts";
import type { RemoveOrganizerInput } from "@tsudoi/shared/event-organizers.ts";
import { and, eq } from "drizzle-orm";
import { recordAudit } from "#core/audit/record-audit.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context } from "#core/db/context.ts";
import { eventOrganizers } from "#core/db/schema/event-organizers.ts";
import { transaction } from "#core/db/transaction.ts";
import { forgetEvent } from "./cache.ts";
import { lockEvents } from "./lock-events.ts";
import { requireOwner } from "./require-owner.ts";

/** Takes somebody's part in the event away; an event always has an owner who can act. */
export async function removeOrganizer(
  ctx: Context,
  input: RemoveOrganizerInput,
): Promise<{ userId: string }> {
  authorise(ctx, "events.browse");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const { organizationId } = tx.actor;
    const { eventId, userId } = input;
    await lockEvents(tx, { eventId, may: "events.manage-organizers" });
    const [removed] = await tx.db
      .delete(eventOrganizers)
      .where(
        and(
          eq(eventOrganizers.organizationId, organizationId),
          eq(eventOrganizers.eventId, eventId),
          eq(eventOrganizers.userId, userId),
        ),
      )
      .returning({ role: eventOrganizers.role });
    if (removed === undefined) throw new DomainError("NOT_FOUND");
    if (removed.role === "owner") await requireOwner(tx, { organizationId, eventId });
    await recordAudit(tx, [
      {
        organizationId,
        actorId: tx.actor.userId,
        action: "events.removeOrganizer",
        entity: "event",
        entityId: eventId,
        details: { userId, role: removed.role },
      },
    ]);
    tx.afterCommit?.(() => forgetEvent(tx, { organizationId, eventId }));
    return { userId };
  });
}

import { DomainError } from "@tsudoi/shared/errors.ts";
import type { RemoveOrganizerInput } from "@tsudoi/shared/event-organizers.ts";
import { and, eq, inArray } from "drizzle-orm";
import { recordAudit } from "#core/audit/record-audit.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context } from "#core/db/context.ts";
import { eventOrganizers } from "#core/db/schema/event-organizers.ts";
import { transaction } from "#core/db/transaction.ts";
import { forgetEvent } from "./cache.ts";
import { lockEvents } from "./lock-events.ts";
import { requireOwner } from "./require-owner.ts";

/**
 * Takes somebody's part in the event away, and in those of its series that are meant, also where they are over; each event
 * always has an owner who can act.
 */
export async function removeOrganizer(
  ctx: Context,
  input: RemoveOrganizerInput,
): Promise<{ userId: string }> {
  authorise(ctx, "events.browse");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const { organizationId } = tx.actor;
    const { userId } = input;
    const { target, others } = await lockEvents(tx, { ...input, may: "events.manage-organizers" });
    const meant = [target, ...others].map(({ id }) => id);
    const removed = await tx.db
      .delete(eventOrganizers)
      .where(
        and(
          eq(eventOrganizers.organizationId, organizationId),
          inArray(eventOrganizers.eventId, meant),
          eq(eventOrganizers.userId, userId),
        ),
      )
      .returning({ eventId: eventOrganizers.eventId, role: eventOrganizers.role });
    if (removed.length === 0) throw new DomainError("NOT_FOUND");
    const owned = removed.filter(({ role }) => role === "owner").map(({ eventId }) => eventId);
    if (owned.length > 0) await requireOwner(tx, { organizationId, eventIds: owned });
    await recordAudit(
      tx,
      removed.map(({ eventId, role }) => ({
        organizationId,
        actorId: tx.actor.userId,
        action: "events.removeOrganizer",
        entity: "event",
        entityId: eventId,
        details: { userId, role },
      })),
    );
    for (const { eventId } of removed) {
      tx.afterCommit?.(() => forgetEvent(tx, { organizationId, eventId }));
    }
    return { userId };
  });
}

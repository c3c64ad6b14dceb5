import type { InviteInput } from "@tsudoi/shared/invitations.ts";
import { and, eq, inArray } from "drizzle-orm";
import { recordAudit } from "#core/audit/record-audit.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context } from "#core/db/context.ts";
import { eventInvitations } from "#core/db/schema/event-invitations.ts";
import { transaction } from "#core/db/transaction.ts";
import { lockEvents } from "./lock-events.ts";
import { canChange } from "./refuse-change.ts";

/**
 * Takes addresses off the event's list, and off those of its series that are meant and to come, and answers how many were on
 * any; who has a place in an event keeps it.
 */
export async function uninvite(ctx: Context, input: InviteInput): Promise<{ uninvited: number }> {
  authorise(ctx, "events.browse");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const { organizationId, userId } = tx.actor;
    const { target, others } = await lockEvents(tx, { ...input, may: "events.edit" });
    const rows = [target, ...others.filter((row) => canChange(row, tx.now()))];
    const eventIds = rows.map(({ id }) => id);
    const removed = await tx.db
      .delete(eventInvitations)
      .where(
        and(
          eq(eventInvitations.organizationId, organizationId),
          inArray(eventInvitations.eventId, eventIds),
          inArray(eventInvitations.email, input.emails),
        ),
      )
      .returning({ eventId: eventInvitations.eventId, email: eventInvitations.email });
    const removedFrom = Map.groupBy(removed, ({ eventId }) => eventId);
    await recordAudit(
      tx,
      eventIds.map((entityId) => ({
        organizationId,
        actorId: userId,
        action: "events.uninvite",
        entity: "event",
        entityId,
        details: { uninvited: removedFrom.get(entityId)?.length ?? 0 },
      })),
    );
    return { uninvited: new Set(removed.map(({ email }) => email)).size };
  });
}

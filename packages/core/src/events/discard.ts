import type { DiscardEventInput } from "@tsudoi/shared/event-input.ts";
import { and, eq, inArray } from "drizzle-orm";
import { recordAudit } from "#core/audit/record-audit.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context } from "#core/db/context.ts";
import { events } from "#core/db/schema/events.ts";
import { transaction } from "#core/db/transaction.ts";
import { forgetEvent } from "./cache.ts";
import { lockEvents } from "./lock-events.ts";
import { requireStatus } from "./refuse-change.ts";

/** Deletes a draft, and those drafts of its series that are meant: what nobody has seen leaves nothing but its row in the log. */
export async function discard(
  ctx: Context,
  input: DiscardEventInput,
): Promise<{ eventIds: string[] }> {
  authorise(ctx, "events.browse");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const { organizationId, userId } = tx.actor;
    const { target, others } = await lockEvents(tx, { ...input, may: "events.cancel" });
    requireStatus(target, ["draft"]);
    const drafts = [target, ...others.filter(({ status }) => status === "draft")];
    const eventIds = drafts.map(({ id }) => id);
    await tx.db
      .delete(events)
      .where(and(eq(events.organizationId, organizationId), inArray(events.id, eventIds)));
    const entry = { organizationId, actorId: userId, action: "events.discard", entity: "event" };
    await recordAudit(
      tx,
      eventIds.map((entityId) => ({ ...entry, entityId })),
    );
    for (const eventId of eventIds) {
      tx.afterCommit?.(() => forgetEvent(tx, { organizationId, eventId }));
    }
    return { eventIds };
  });
}

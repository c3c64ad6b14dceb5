import type { CancelEventInput } from "@tsudoi/shared/event-input.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context } from "#core/db/context.ts";
import { transaction } from "#core/db/transaction.ts";
import { enqueue } from "#core/jobs/enqueue.ts";
import { getEvent } from "./get-event.ts";
import { lockEvents } from "./lock-events.ts";
import { canChange, isLive, refuseUnchangeable, requireStatus } from "./refuse-change.ts";
import { writeStatus } from "./write-status.ts";

/**
 * Off at once: nobody registers from here on, and a job ends every place and tells its person once. Of a series,
 * drafts stay drafts, and what is over or cancelled stays as it is.
 */
export async function cancel(ctx: Context, input: CancelEventInput): Promise<Event> {
  authorise(ctx, "events.browse");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const { eventId, apply } = input;
    const locked = await lockEvents(tx, { eventId, apply, may: "events.cancel" });
    requireStatus(locked.target, ["published", "closed"]);
    refuseUnchangeable(locked.target, tx.now());
    const others = locked.others.filter((row) => isLive(row) && canChange(row, tx.now()));
    const rows = [locked.target, ...others];
    await writeStatus(tx, {
      rows,
      action: "events.cancel",
      set: { status: "cancelled", cancelledAt: tx.now(), cancelReason: input.reason || null },
      inCalendars: true,
    });
    await enqueue(
      tx,
      "events.cancel-registrations",
      rows
        .filter((row) => row.lastNumber > 0)
        .map(({ organizationId, id }) => ({ organizationId, payload: { eventId: id } })),
    );
    return getEvent(tx, { eventId });
  });
}

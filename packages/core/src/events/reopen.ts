import type { Event, EventIdInput } from "@tsudoi/shared/events.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context } from "#core/db/context.ts";
import { transaction } from "#core/db/transaction.ts";
import { getEvent } from "./get-event.ts";
import { lockEvents } from "./lock-events.ts";
import { planInvitations } from "./plan-invitations.ts";
import { refuseUnchangeable, requireStatus } from "./refuse-change.ts";
import { writeStatus } from "./write-status.ts";

/** Takes registrations again, within its window, unless it is over; who was invited meanwhile is told. */
export async function reopen(ctx: Context, input: EventIdInput): Promise<Event> {
  authorise(ctx, "events.browse");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const { target } = await lockEvents(tx, { ...input, may: "events.publish" });
    requireStatus(target, ["closed"]);
    refuseUnchangeable(target, tx.now());
    await writeStatus(tx, {
      rows: [target],
      action: "events.reopen",
      set: { status: "published" },
    });
    await planInvitations(tx, [target]);
    return getEvent(tx, input);
  });
}

import type { Event, EventIdInput } from "@tsudoi/shared/events.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context } from "#core/db/context.ts";
import { transaction } from "#core/db/transaction.ts";
import { getEvent } from "./get-event.ts";
import { lockEvents } from "./lock-events.ts";
import { requireStatus } from "./refuse-change.ts";
import { writeStatus } from "./write-status.ts";

/** Takes no registrations any more; who has a place keeps it, and who waits still moves up. */
export async function close(ctx: Context, input: EventIdInput): Promise<Event> {
  authorise(ctx, "events.browse");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const { target } = await lockEvents(tx, { ...input, may: "events.publish" });
    requireStatus(target, ["published"]);
    await writeStatus(tx, { rows: [target], action: "events.close", set: { status: "closed" } });
    return getEvent(tx, input);
  });
}

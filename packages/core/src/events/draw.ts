import type { Event, EventIdInput } from "@tsudoi/shared/events.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context } from "#core/db/context.ts";
import { transaction } from "#core/db/transaction.ts";
import { enqueue } from "#core/jobs/enqueue.ts";
import { drawLots } from "#core/registrations/draw-lots.ts";
import { type EventKey, lockEvent } from "#core/registrations/lock-event.ts";
import { requireDue } from "#core/registrations/require-due.ts";
import { authoriseForEvent } from "./authorise-for-event.ts";
import { getEvent } from "./get-event.ts";

/** Some hundred milliseconds; a hundred thousand take longer than a statement of a call may. */
const MOST_DRAWN_HERE = 5_000;

/**
 * Holds the draw at its time or after it, once; what it did cannot be done again with another result. More people are
 * left to the worker, and the answer is the event before its draw.
 */
export async function draw(ctx: Context, input: EventIdInput): Promise<Event> {
  authorise(ctx, "events.browse");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const { eventId } = input;
    const { organizationId } = await authoriseForEvent(tx, "events.edit", eventId);
    const key = { organizationId, eventId };
    if (await isBig(tx, key)) {
      await enqueue(tx, "registrations.draw-lots", [{ organizationId, payload: { eventId } }]);
    } else {
      await drawLots(tx, key);
    }
    return getEvent(tx, input);
  });
}

/** Refused like a small one, where nothing is to be drawn now. */
async function isBig(tx: Context, key: EventKey): Promise<boolean> {
  const event = await lockEvent(tx, key);
  if (event === undefined || event.pendingCount <= MOST_DRAWN_HERE) return false;
  requireDue(event, tx.now());
  return true;
}

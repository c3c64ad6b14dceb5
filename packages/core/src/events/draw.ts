import type { Event, EventIdInput } from "@tsudoi/shared/events.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context } from "#core/db/context.ts";
import { transaction } from "#core/db/transaction.ts";
import { drawLots } from "#core/registrations/draw-lots.ts";
import { authoriseForEvent } from "./authorise-for-event.ts";
import { getEvent } from "./get-event.ts";

/** Holds the draw at its time or after it, once; what it did cannot be done again with another result. */
export async function draw(ctx: Context, input: EventIdInput): Promise<Event> {
  authorise(ctx, "events.browse");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const { organizationId } = await authoriseForEvent(tx, "events.edit", input.eventId);
    await drawLots(tx, { organizationId, eventId: input.eventId });
    return getEvent(tx, input);
  });
}

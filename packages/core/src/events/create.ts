import { DomainError } from "@tsudoi/shared/errors.ts";
import type { CreateEventInput } from "@tsudoi/shared/event-input.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context } from "#core/db/context.ts";
import { transaction } from "#core/db/transaction.ts";
import { getEvent } from "./get-event.ts";
import { insertDrafts } from "./insert-drafts.ts";
import { planDraft } from "./plan-draft.ts";

/** A draft that only its organisers see, owned by whoever makes it. */
export async function create(ctx: Context, input: CreateEventInput): Promise<Event> {
  authorise(ctx, "events.create");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    authorise(tx, "events.create");
    const row = await planDraft(tx, input);
    const [event] = await insertDrafts(tx, {
      action: "events.create",
      rows: [row],
      departmentIds: input.departmentIds,
    });
    if (event === undefined) throw new DomainError("INTERNAL");
    return getEvent(tx, { eventId: event.id });
  });
}

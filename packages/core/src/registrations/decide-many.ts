import { DomainError, type Reason } from "@tsudoi/shared/errors.ts";
import type { DecidedMany, DecideManyInput } from "@tsudoi/shared/registrations.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context } from "#core/db/context.ts";
import { transaction } from "#core/db/transaction.ts";
import { authoriseForEvent } from "#core/events/authorise-for-event.ts";
import { changeSeats } from "./change-seats.ts";
import { findHeld } from "./find-held.ts";
import { approve, reject, remove, seat } from "./organizer-rules.ts";
import { passByDisabled } from "./pass-by-disabled.ts";
import type { Held, Move } from "./seat-rules.ts";

const RULES = { approve, reject, cancel: remove, seat };
const ACTIONS = {
  approve: "registrations.approve",
  reject: "registrations.reject",
  cancel: "registrations.cancel",
  seat: "registrations.move",
};

/** Decides on many people of one event in the order given, each for itself; who is refused stands in nobody's way. */
export async function decideMany(ctx: Context, input: DecideManyInput): Promise<DecidedMany> {
  authorise(ctx, "events.browse");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const { organizationId } = await authoriseForEvent(tx, "registrations.manage", input.eventId);
    const key = { organizationId, eventId: input.eventId };
    const refused: DecidedMany["refused"] = [];
    const ids = [...new Set(input.registrationIds)];
    await changeSeats(tx, key, {
      action: ACTIONS[input.decision],
      async decide(event) {
        const moves: Move[] = [];
        const terms = { ...input, now: tx.now() };
        if (input.decision === "approve") await passByDisabled(tx, key, event);
        const found = await findHeld(tx, key, ids);
        for (const id of unknown(ids, found))
          refused.push({ registrationId: id, reason: "NOT_FOUND" });
        for (const held of found) {
          try {
            moves.push(...RULES[input.decision](event, held, terms));
          } catch (error) {
            refused.push({ registrationId: held.id, reason: reasonOf(error) });
          }
        }
        return moves;
      },
    });
    return { done: ids.length - refused.length, refused };
  });
}

function unknown(ids: string[], found: Held[]): string[] {
  const known = new Set(found.map(({ id }) => id));
  return ids.filter((id) => !known.has(id));
}

function reasonOf(error: unknown): Reason {
  if (error instanceof DomainError) return error.reason;
  throw error;
}

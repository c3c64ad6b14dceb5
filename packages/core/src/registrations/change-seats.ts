import { DomainError } from "@tsudoi/shared/errors.ts";
import type { Context } from "#core/db/context.ts";
import { forgetEvent } from "#core/events/cache.ts";
import { endOffers } from "./end-offers.ts";
import { fillSeats } from "./fill-seats.ts";
import { type EventKey, type LockedEvent, lockEvent } from "./lock-event.ts";
import type { Move } from "./seat-rules.ts";
import { tellMoves } from "./tell-moves.ts";
import { writeCounters } from "./write-counters.ts";
import { writeMoves } from "./write-moves.ts";

export type SeatChange = {
  /** The verb that does it, as the audit log names it. */
  action: string;
  /** Decides under the lock: changes the event as it stands and gives the moves of registrations that follow. */
  decide: (event: LockedEvent) => Promise<Move[]> | Move[];
  /** The caller goes on by itself where its transaction could not do all. */
  goesOn?: boolean;
};

/**
 * Every change of an event's seats but the rush to register: under the row's lock, with the seats it frees
 * passed on, people told and the log written in the caller's transaction.
 */
export async function changeSeats(
  tx: Context,
  key: EventKey,
  { action, decide, goesOn }: SeatChange,
): Promise<LockedEvent> {
  if (tx.afterCommit === undefined) throw new Error("Seats change in an open transaction only.");
  const event = await lockEvent(tx, key);
  if (event === undefined) throw new DomainError("NOT_FOUND");
  const { capacity } = event;
  const ended = await endOffers(tx, key, event);
  const own = await decide(event);
  if (event.seatsTaken > event.capacity) {
    const reason = event.capacity < capacity ? "CAPACITY_BELOW_TAKEN" : "SOLD_OUT";
    throw new DomainError(reason, { fields: { seatsTaken: event.seatsTaken } });
  }
  await writeMoves(tx, key, own);
  const passed = [...ended, ...(await fillSeats(tx, key, event))];
  await Promise.all([
    writeCounters(tx, key, event),
    tellMoves(tx, key, { event, own, action, passed, goesOn }),
  ]);
  tx.afterCommit(() => forgetEvent(tx, key));
  return event;
}

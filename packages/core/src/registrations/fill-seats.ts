import type { Context } from "#core/db/context.ts";
import { findNext } from "./find-next.ts";
import type { EventKey, LockedEvent } from "./lock-event.ts";
import { type Move, passSeat, seatsToPass } from "./seat-rules.ts";
import { writeMoves } from "./write-moves.ts";

/**
 * Under the lock: free seats go to those who wait, in the order of the queue, before anybody else can ask for them.
 * Whose account is disabled keeps their place and is passed by.
 */
export async function fillSeats(tx: Context, key: EventKey, event: LockedEvent): Promise<Move[]> {
  const seats = seatsToPass(event, tx.now());
  if (seats === 0) return [];
  const next = await findNext(tx, key, seats);
  const now = tx.now();
  const moves = next.map((held) => passSeat(event, held, now));
  if (next.length < seats) event.disabledWaiting = event.waitlistLength;
  await writeMoves(tx, key, moves);
  return moves;
}

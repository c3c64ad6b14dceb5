import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { registrations } from "#core/db/schema/registrations.ts";
import { users } from "#core/db/schema/users.ts";
import { itsPerson } from "./joins.ts";
import type { EventKey, LockedEvent } from "./lock-event.ts";
import { type Held, type Move, passSeat, seatsToPass } from "./seat-rules.ts";
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

/** Under the lock, before people get seats who do not wait: those who wait and cannot be given any stand in nobody's way. */
export async function passByDisabled(tx: Context, key: EventKey, event: LockedEvent) {
  if (event.waitlistLength === 0 || event.seatsTaken >= event.capacity) return;
  const next = await findNext(tx, key, 1);
  if (next.length === 0) event.disabledWaiting = event.waitlistLength;
}

/** The first of the queue who can be given a seat. */
function findNext(tx: Context, key: EventKey, seats: number): Promise<Held[]> {
  return tx.db
    .select({ id: registrations.id, userId: registrations.userId, status: registrations.status })
    .from(registrations)
    .innerJoin(users, itsPerson)
    .where(
      and(
        eq(registrations.organizationId, key.organizationId),
        eq(registrations.eventId, key.eventId),
        sql`${registrations.status} = 'waitlisted'`,
        isNull(users.disabledAt),
      ),
    )
    .orderBy(asc(registrations.queueNo))
    .limit(seats);
}

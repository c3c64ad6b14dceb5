import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { registrations } from "#core/db/schema/registrations.ts";
import { users } from "#core/db/schema/users.ts";
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
  const next = await tx.db
    .select({ id: registrations.id, userId: registrations.userId, status: registrations.status })
    .from(registrations)
    .innerJoin(
      users,
      and(
        eq(users.organizationId, registrations.organizationId),
        eq(users.id, registrations.userId),
        isNull(users.disabledAt),
      ),
    )
    .where(
      and(
        eq(registrations.organizationId, key.organizationId),
        eq(registrations.eventId, key.eventId),
        sql`${registrations.status} = 'waitlisted'`,
      ),
    )
    .orderBy(asc(registrations.queueNo))
    .limit(seats);
  const now = tx.now();
  const moves = next.map((held) => passSeat(event, held, now));
  if (next.length < seats) event.disabledWaiting = event.waitlistLength;
  await writeMoves(tx, key, moves);
  return moves;
}

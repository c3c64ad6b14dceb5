import { and, asc, eq, lte, sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { registrations } from "#core/db/schema/registrations.ts";
import type { EventKey, LockedEvent } from "./lock-event.ts";
import { hasEndedOffers, MOST_PROMOTED, type Move, moveOne } from "./seat-rules.ts";
import { writeMoves } from "./write-moves.ts";

/** Under the lock: offers whose time is over are ended before anybody's seat is decided, whoever is first to look. */
export async function endOffers(tx: Context, key: EventKey, event: LockedEvent): Promise<Move[]> {
  if (!hasEndedOffers(event, tx.now())) return [];
  const isOffered = and(
    eq(registrations.organizationId, key.organizationId),
    eq(registrations.eventId, key.eventId),
    sql`${registrations.status} = 'offered'`,
  );
  const ended = await tx.db
    .select({
      id: registrations.id,
      userId: registrations.userId,
      status: registrations.status,
      heldUntil: registrations.offerExpiresAt,
    })
    .from(registrations)
    .where(and(isOffered, lte(registrations.offerExpiresAt, tx.now())))
    .orderBy(asc(registrations.offerExpiresAt), asc(registrations.seq))
    .limit(MOST_PROMOTED);
  const moves = ended.map((held) => moveOne(event, held, { to: "expired" }));
  await writeMoves(tx, key, moves);
  const [next] = await tx.db
    .select({ endsAt: registrations.offerExpiresAt })
    .from(registrations)
    .where(isOffered)
    .orderBy(asc(registrations.offerExpiresAt))
    .limit(1);
  event.offersEndAt = next?.endsAt ?? null;
  return moves;
}

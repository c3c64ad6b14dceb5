import { asc, sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { registrations } from "#core/db/schema/registrations.ts";
import type { EventKey, LockedEvent } from "./lock-event.ts";
import { approve } from "./organizer-rules.ts";
import { passByDisabled } from "./pass-by-disabled.ts";
import { type Held, hasFreeSeat, MOST_PROMOTED, type Move, moveOne } from "./seat-rules.ts";
import { selectHeld } from "./select-held.ts";
import { tooManyPending } from "./too-many-pending.ts";

/**
 * Under the lock of an event that asks no approval any more: everyone who asked for it is decided in the order they came,
 * before anybody who comes later. Where they cannot all be decided now, none is.
 */
export async function admitPending(tx: Context, key: EventKey, event: LockedEvent) {
  if (event.pendingCount === 0) return [];
  if (event.pendingCount > MOST_PROMOTED) throw tooManyPending(event);
  await passByDisabled(tx, key, event);
  const { pendingCount } = event;
  const isPending = sql`${registrations.status} = 'pending'`;
  const pending = await selectHeld(tx, key, isPending).orderBy(asc(registrations.number));
  return pending.flatMap((held): Move[] => {
    if (held.isDisabled) return waitAside(event, held);
    if (!hasFreeSeat(event) && event.waitlistMode === "none") {
      throw tooManyPending({ pendingCount });
    }
    return approve(event, held, { now: tx.now() });
  });
}

/** Whoever cannot be given a seat has a place in line until they can; where nobody waits, an organiser decides on them. */
function waitAside(event: LockedEvent, held: Held): Move[] {
  if (event.waitlistMode === "none") return [];
  event.disabledWaiting = (event.disabledWaiting ?? 0) + 1;
  return [moveOne(event, held, { to: "waitlisted" })];
}

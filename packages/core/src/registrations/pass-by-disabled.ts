import type { Context } from "#core/db/context.ts";
import { findNext } from "./find-next.ts";
import type { EventKey, LockedEvent } from "./lock-event.ts";

/** Under the lock, before people get seats who do not wait: those who wait and cannot be given any stand in nobody's way. */
export async function passByDisabled(tx: Context, key: EventKey, event: LockedEvent) {
  if (event.waitlistLength === 0 || event.seatsTaken >= event.capacity) return;
  const next = await findNext(tx, key, 1);
  if (next.length === 0) event.disabledWaiting = event.waitlistLength;
}

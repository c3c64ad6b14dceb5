import type { Context } from "#core/db/context.ts";
import { changeSeats } from "./change-seats.ts";
import type { EventKey } from "./lock-event.ts";

/** Ends offers that are over and passes free seats on; where somebody else did so before, nothing changes. */
export async function passSeats(tx: Context, key: EventKey): Promise<void> {
  await changeSeats(tx, key, { action: "registrations.passSeats", decide: () => [] });
}

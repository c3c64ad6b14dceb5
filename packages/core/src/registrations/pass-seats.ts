import { authoriseSystem } from "#core/auth/authorise-system.ts";
import type { Context } from "#core/db/context.ts";
import { inPages } from "#core/jobs/in-pages.ts";
import { changeSeats } from "./change-seats.ts";
import type { EventKey } from "./lock-event.ts";
import { isUnfinished } from "./seat-rules.ts";

/**
 * Ends offers that are over and passes free seats on, slice after slice, each in a transaction; where somebody else did
 * so before, nothing changes. False where some are left when its time is over.
 */
export async function passSeats(
  ctx: Context,
  { runMs, ...key }: EventKey & { runMs?: number },
): Promise<boolean> {
  authoriseSystem(ctx);
  const left = await inPages(ctx, { runMs }, async (tx) => {
    const event = await changeSeats(tx, key, {
      action: "registrations.passSeats",
      decide: () => [],
      goesOn: true,
    });
    return isUnfinished(event, tx.now()) ? 0 : undefined;
  });
  return left === undefined;
}

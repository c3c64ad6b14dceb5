import { authoriseSystem } from "#core/auth/authorise-system.ts";
import type { Context } from "#core/db/context.ts";
import { transaction } from "#core/db/transaction.ts";
import { deadlineIn, isPast } from "#core/platform/deadline.ts";
import { changeSeats } from "./change-seats.ts";
import type { EventKey } from "./lock-event.ts";
import { isUnfinished } from "./seat-rules.ts";

/** A run of a job has an end; who waits by then is the next run's. */
const RUN_MS = 20_000;

/**
 * Ends offers that are over and passes free seats on, slice after slice, each in a transaction; where somebody else did
 * so before, nothing changes. False where some are left when its time is over.
 */
export async function passSeats(
  ctx: Context,
  { runMs = RUN_MS, ...key }: EventKey & { runMs?: number },
): Promise<boolean> {
  authoriseSystem(ctx);
  const deadline = deadlineIn(runMs);
  for (;;) {
    const event = await transaction(ctx, (tx) =>
      changeSeats(tx, key, { action: "registrations.passSeats", decide: () => [], goesOn: true }),
    );
    if (!isUnfinished(event, ctx.now())) return true;
    if (isPast(deadline)) return false;
  }
}

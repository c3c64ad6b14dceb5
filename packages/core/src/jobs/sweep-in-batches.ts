import type { SQL } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { deadlineIn, isPast } from "#core/platform/deadline.ts";

/** Short enough that nobody waits for a row it holds. */
export const SWEEP_BATCH = 5_000;
const SWEEP_MS = 8_000;

/** Repeats a statement that removes up to a batch of rows, each time on its own, until few are left or its time is over. */
export async function sweepInBatches(
  ctx: Context,
  statement: SQL,
  batch = SWEEP_BATCH,
): Promise<number> {
  const deadline = deadlineIn(SWEEP_MS);
  let removed = 0;
  for (;;) {
    const { length } = await ctx.db.execute(statement);
    removed += length;
    if (length < batch || isPast(deadline)) return removed;
  }
}

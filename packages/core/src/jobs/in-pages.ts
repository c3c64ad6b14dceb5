import type { Context } from "#core/db/context.ts";
import { transaction } from "#core/db/transaction.ts";
import { deadlineIn, isPast } from "#core/platform/deadline.ts";

/** As many rows as one transaction of a job takes. */
export const PAGE = 2_000;
/** A run of a job has an end; whoever is left by then is the next run's. */
const RUN_MS = 20_000;

type Run<Place> = { after?: Place | undefined; runMs?: number | undefined };
type Page<Place> = (tx: Context, after: Place | undefined) => Promise<Place | undefined>;

/**
 * Page after page, each committed by itself; a page gives where the next one begins, the last one nothing. Gives where the
 * next run is to go on, where its time is over before.
 */
export async function inPages<Place>(
  ctx: Context,
  { after, runMs = RUN_MS }: Run<Place>,
  page: Page<Place>,
): Promise<Place | undefined> {
  const deadline = deadlineIn(runMs);
  let from = after;
  for (;;) {
    const next = await transaction(ctx, (tx) => page(tx, from));
    if (next === undefined || isPast(deadline)) return next;
    from = next;
  }
}

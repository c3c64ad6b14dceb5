import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { SWEEP_BATCH, sweepInBatches } from "#core/jobs/sweep-in-batches.ts";

/** Links are kept a week past their end, used or not, for whoever looks into a misuse. */
export async function sweepOneTimeTokens(ctx: Context): Promise<number> {
  return await sweepInBatches(
    ctx,
    sql`
      delete from one_time_tokens
      where ctid in (
        select ctid from one_time_tokens where expires_at < now() - interval '7 days'
        limit ${SWEEP_BATCH} for update skip locked
      )
      returning 1`,
  );
}

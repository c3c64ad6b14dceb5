import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { SWEEP_BATCH, sweepInBatches } from "#core/jobs/sweep-in-batches.ts";

/** Ended sessions are kept a week past their end, for whoever looks into a misuse. */
export async function sweepSessions(ctx: Context): Promise<number> {
  return await sweepInBatches(
    ctx,
    sql`
      delete from sessions
      where ctid in (
        select ctid from sessions where expires_at < now() - interval '7 days'
        limit ${SWEEP_BATCH} for update skip locked
      )
      returning 1`,
  );
}

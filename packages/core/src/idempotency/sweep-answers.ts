import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { SWEEP_BATCH, sweepInBatches } from "#core/jobs/sweep-in-batches.ts";

/** A key that has expired protects nobody any more. */
export async function sweepAnswers(ctx: Context): Promise<number> {
  return await sweepInBatches(
    ctx,
    sql`
      delete from idempotency_keys
      where ctid in (
        select ctid from idempotency_keys where expires_at < now()
        limit ${SWEEP_BATCH} for update skip locked
      )
      returning 1`,
  );
}

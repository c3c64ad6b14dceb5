import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { SWEEP_BATCH, sweepInBatches } from "./sweep-in-batches.ts";

/** Done rows are kept a week for whoever asks what happened; dead ones until an operator decides. */
export async function sweepOutbox(ctx: Context): Promise<number> {
  return await sweepInBatches(
    ctx,
    sql`
      delete from outbox
      where id in (
        select id from outbox where done_at < now() - interval '7 days'
        limit ${SWEEP_BATCH} for update skip locked
      )
      returning 1`,
  );
}

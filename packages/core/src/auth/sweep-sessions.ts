import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { SWEEP_BATCH, sweepInBatches } from "#core/jobs/sweep-in-batches.ts";
import { IDLE_DAYS } from "./open-session.ts";

/** Ended sessions are kept this long past their end, for whoever looks into a misuse. */
const KEPT_DAYS = 7;

/** Removes what ended, by its last day or by not being used. */
export async function sweepSessions(ctx: Context): Promise<number> {
  return await sweepInBatches(
    ctx,
    sql`
      delete from sessions
      where ctid in (
        select ctid from sessions
        where expires_at < now() - make_interval(days => ${KEPT_DAYS})
          or rotated_at < now() - make_interval(days => ${KEPT_DAYS + IDLE_DAYS})
        limit ${SWEEP_BATCH} for update skip locked
      )
      returning 1`,
  );
}

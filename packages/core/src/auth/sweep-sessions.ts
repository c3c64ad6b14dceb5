import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";

const BATCH = 5_000;

/** Ended sessions are kept a week past their end, for whoever looks into a misuse. */
export async function sweepSessions(ctx: Context): Promise<number> {
  const removed = await ctx.db.execute(sql`
    delete from sessions
    where ctid in (
      select ctid from sessions where expires_at < now() - interval '7 days'
      limit ${BATCH} for update skip locked
    )
    returning 1`);
  return removed.length;
}

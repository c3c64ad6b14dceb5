import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";

const BATCH = 5_000;

/** A key that has expired protects nobody any more. */
export async function sweepAnswers(ctx: Context): Promise<number> {
  const removed = await ctx.db.execute(sql`
    delete from idempotency_keys
    where ctid in (
      select ctid from idempotency_keys where expires_at < now() limit ${BATCH} for update skip locked
    )
    returning 1`);
  return removed.length;
}

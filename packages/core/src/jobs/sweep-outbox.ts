import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";

const BATCH = 5_000;

/** Done rows are kept a week for whoever asks what happened; dead ones until an operator decides. */
export async function sweepOutbox(ctx: Context): Promise<number> {
  const removed = await ctx.db.execute(sql`
    delete from outbox
    where id in (
      select id from outbox where done_at < now() - interval '7 days' limit ${BATCH} for update skip locked
    )
    returning id`);
  return removed.length;
}

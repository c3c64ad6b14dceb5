import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";

/** The most that one look counts. */
const MOST_DEAD = 1_000;

export type OutboxState = { pending: number; oldestDueAt: Date | undefined; dead: number };

/** Rows that the relay should have taken by now, and rows that were given up and that nobody has closed since. */
export async function readOutboxState(ctx: Context): Promise<OutboxState> {
  const [row] = await ctx.db.execute<{ pending: number; oldest: string | null; dead: number }>(sql`
    select count(*)::int as pending, min(next_at)::text as oldest, (
      select count(*)::int from (
        select 1 from outbox where dead_at is not null and done_at is null limit ${MOST_DEAD}
      ) given_up
    ) as dead
    from outbox
    where done_at is null and dead_at is null and next_at <= now()`);
  return {
    pending: row?.pending ?? 0,
    oldestDueAt: row?.oldest ? new Date(row.oldest) : undefined,
    dead: row?.dead ?? 0,
  };
}

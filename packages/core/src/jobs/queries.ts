import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";

export type OutboxState = { pending: number; oldestDueAt: Date | undefined };

/** Rows that the relay should have taken by now. */
export async function readOutboxState(ctx: Context): Promise<OutboxState> {
  const [row] = await ctx.db.execute<{ pending: number; oldest: string | null }>(sql`
    select count(*)::int as pending, min(next_at)::text as oldest
    from outbox
    where done_at is null and dead_at is null and next_at <= now()`);
  return {
    pending: row?.pending ?? 0,
    oldestDueAt: row?.oldest ? new Date(row.oldest) : undefined,
  };
}

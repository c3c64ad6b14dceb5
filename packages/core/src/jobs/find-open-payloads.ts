import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";

/** What the oldest job of each key that is still to run was asked for. */
export async function findOpenPayloads(
  ctx: Context,
  keys: string[],
): Promise<Map<string, unknown>> {
  const rows = await ctx.db.execute<{ key: string; payload: unknown }>(sql`
    select distinct on (key) key, payload
    from outbox
    where key = any(${sql.param(keys)}::text[]) and done_at is null and dead_at is null
    order by key, id`);
  return new Map(rows.map(({ key, payload }) => [key, payload]));
}

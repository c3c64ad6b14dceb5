import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";

export type OpenPayload = {
  payload: unknown;
  /** It was handed out: some of it may be done. */
  isBegun: boolean;
};

/** What the last job of each key that is still to run was asked for. */
export async function findOpenPayloads(
  ctx: Context,
  keys: string[],
): Promise<Map<string, OpenPayload>> {
  const rows = await ctx.db.execute<OpenPayload & { key: string }>(sql`
    select distinct on (key) key, payload, deliveries > 0 as "isBegun"
    from outbox
    where key = any(${sql.param(keys)}::text[]) and done_at is null and dead_at is null
    order by key, id desc`);
  return new Map(rows.map(({ key, ...open }) => [key, open]));
}

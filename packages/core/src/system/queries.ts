import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";

export async function isDatabaseUp(ctx: Pick<Context, "db">): Promise<boolean> {
  return (await ctx.db.execute(sql`select 1`)).length === 1;
}

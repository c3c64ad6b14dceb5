import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { sweepInBatches } from "#core/jobs/sweep-in-batches.ts";

/** Each row has up to a megabyte. */
const BATCH = 200;

/** Removes pictures that no event shows any more: of discarded drafts, and what two changes left at the same moment. */
export async function sweepFiles(ctx: Context): Promise<number> {
  return await sweepInBatches(
    ctx,
    sql`
      delete from files
      where ctid in (
        select f.ctid from files f
        where not exists (
          select 1 from events e
          where e.organization_id = f.organization_id and e.cover_id = f.id
        )
        limit ${BATCH} for update skip locked
      )
      returning 1`,
    BATCH,
  );
}

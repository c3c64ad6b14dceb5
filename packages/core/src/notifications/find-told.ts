import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";

type Facts = { organizationId: string; keys: string[] };

/** Which of these facts have their message already: by their keys alone, so that no plan looks further than it must. */
export async function findTold(tx: Context, { organizationId, keys }: Facts): Promise<Set<string>> {
  const rows = await tx.db.execute<{ dedupe_key: string }>(sql`
    select dedupe_key from notifications
    where organization_id = ${organizationId} and dedupe_key = any(${sql.param(keys)}::text[])`);
  return new Set(rows.map((row) => row.dedupe_key));
}

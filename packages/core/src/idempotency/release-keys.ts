import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import type { KeyedRequest } from "./claim-keys.ts";

/** Claimed in this transaction and not answered for good: the next call under the key is a first one. */
export async function releaseKeys(tx: Context, requests: KeyedRequest[]): Promise<void> {
  if (requests.length === 0) return;
  await tx.db.execute(sql`
    delete from idempotency_keys as stored
    using unnest(
      ${sql.param(requests.map((request) => request.organizationId))}::uuid[],
      ${sql.param(requests.map((request) => request.userId))}::uuid[],
      ${sql.param(requests.map((request) => request.key))}::text[]
    ) as passing (organization_id, user_id, key)
    where stored.organization_id = passing.organization_id
      and stored.user_id = passing.user_id and stored.key = passing.key`);
}

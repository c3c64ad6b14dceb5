import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import type { StoredAnswer } from "#core/db/schema/idempotency-keys.ts";
import type { KeyedRequest } from "./claim-keys.ts";

/** Kept in the transaction that makes the answers true. */
export async function storeAnswers(
  tx: Context,
  answers: { request: KeyedRequest; answer: StoredAnswer }[],
): Promise<void> {
  if (answers.length === 0) return;
  await tx.db.execute(sql`
    update idempotency_keys as stored
    set answer = given.answer::json
    from unnest(
      ${sql.param(answers.map(({ request }) => request.organizationId))}::uuid[],
      ${sql.param(answers.map(({ request }) => request.userId))}::uuid[],
      ${sql.param(answers.map(({ request }) => request.key))}::text[],
      ${sql.param(answers.map(({ answer }) => JSON.stringify(answer)))}::text[]
    ) as given (organization_id, user_id, key, answer)
    where stored.organization_id = given.organization_id
      and stored.user_id = given.user_id and stored.key = given.key`);
}

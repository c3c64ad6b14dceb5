import { DomainError } from "@tsudoi/shared/errors.ts";
import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import type { StoredAnswer } from "#core/db/schema/idempotency-keys.ts";

export type KeyedRequest = {
  organizationId: string;
  userId: string;
  key: string;
  procedure: string;
  requestHash: string;
};

/** What is known of a key: ours to answer, or answered before. */
export type KeyState = { claimed: true } | { claimed: false; answer: StoredAnswer };

const KEEP_HOURS = 24;

/**
 * Claims the keys of one or many calls. A concurrent duplicate waits here for the transaction that came first.
 * Rows are inserted in one order everywhere, so that two batches never wait for each other.
 */
export async function claimKeys(
  tx: Context,
  requests: KeyedRequest[],
): Promise<Map<KeyedRequest, KeyState>> {
  const states = new Map<KeyedRequest, KeyState>();
  if (requests.length === 0) return states;
  const column = (pick: (request: KeyedRequest) => string) => sql.param(requests.map(pick));
  const wanted = sql`unnest(
    ${column((r) => r.organizationId)}::uuid[], ${column((r) => r.userId)}::uuid[], ${column((r) => r.key)}::text[],
    ${column((r) => r.procedure)}::text[], ${column((r) => r.requestHash)}::text[]
  ) as wanted (organization_id, user_id, key, procedure, request_hash)`;
  const claimed = await tx.db.execute<KeyRow>(sql`
    insert into idempotency_keys as stored (organization_id, user_id, key, procedure, request_hash, expires_at)
    select wanted.organization_id, wanted.user_id, wanted.key, wanted.procedure, wanted.request_hash,
      now() + make_interval(hours => ${KEEP_HOURS})
    from ${wanted}
    order by 1, 2, 3
    on conflict (organization_id, user_id, key) do update
      set procedure = excluded.procedure, request_hash = excluded.request_hash, answer = null,
        created_at = now(), expires_at = excluded.expires_at
      where stored.expires_at < now()
    returning user_id, key`);
  const ours = new Set(claimed.map(nameOf));
  const others = requests.filter(
    (request) => !ours.has(nameOf({ user_id: request.userId, key: request.key })),
  );
  for (const request of requests) states.set(request, { claimed: true });
  if (others.length > 0) await readAnswers(tx, { others, states });
  return states;
}

type KeyRow = { user_id: string; key: string };
type AnsweredRow = KeyRow & {
  procedure: string;
  request_hash: string;
  answer: StoredAnswer | null;
};

async function readAnswers(
  tx: Context,
  { others, states }: { others: KeyedRequest[]; states: Map<KeyedRequest, KeyState> },
): Promise<void> {
  const rows = await tx.db.execute<AnsweredRow>(sql`
    select user_id, key, procedure, request_hash, answer
    from idempotency_keys
    where organization_id = any(${sql.param(others.map((other) => other.organizationId))}::uuid[])
      and user_id = any(${sql.param(others.map((other) => other.userId))}::uuid[])
      and key = any(${sql.param(others.map((other) => other.key))}::text[])`);
  const byName = new Map(rows.map((row) => [nameOf(row), row]));
  for (const request of others) {
    const row = byName.get(nameOf({ user_id: request.userId, key: request.key }));
    states.set(request, { claimed: false, answer: answerOf(request, row) });
  }
}

const MISMATCH: StoredAnswer = { refusal: { reason: "IDEMPOTENCY_MISMATCH" } };

function answerOf(request: KeyedRequest, row: AnsweredRow | undefined): StoredAnswer {
  if (row === undefined || row.answer === null)
    throw new DomainError("TIMEOUT", { retryAfterMs: 1_000 });
  return row.request_hash === request.requestHash && row.procedure === request.procedure
    ? row.answer
    : MISMATCH;
}

function nameOf(row: KeyRow): string {
  return `${row.user_id} ${row.key}`;
}

import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { currentCall } from "#core/platform/call.ts";
import type { JobName, JobPayload } from "./catalog.ts";

export type NewJob<Name extends JobName> = {
  organizationId: string | null;
  payload: JobPayload<Name>;
  /** The call that caused it, where it is not the one that runs now. */
  requestId?: string | undefined;
  /** Jobs of one key run in the order they were enqueued. */
  key?: string;
  /** The same intent written twice is one job. */
  dedupeKey?: string;
  dueAt?: Date;
};

/** Written with the change that causes it: both are committed or neither is. One statement, however many. */
export async function enqueue<Name extends JobName>(
  tx: Context,
  name: Name,
  jobs: NewJob<Name>[],
): Promise<void> {
  if (jobs.length === 0) return;
  const column = (pick: (job: NewJob<Name>) => string | null) => sql.param(jobs.map(pick));
  const requestId = currentCall()?.requestId ?? null;
  await tx.db.execute(sql`
    insert into outbox (organization_id, job, payload, request_id, key, dedupe_key, due_at, next_at)
    select job.organization_id, ${name}, job.payload::jsonb, job.request_id, job.key, job.dedupe_key,
      coalesce(job.due_at, now()), coalesce(job.due_at, now())
    from unnest(
      ${column((job) => job.organizationId)}::uuid[],
      ${column((job) => JSON.stringify(job.payload))}::text[],
      ${column((job) => job.requestId ?? requestId)}::text[],
      ${column((job) => job.key ?? null)}::text[],
      ${column((job) => job.dedupeKey ?? null)}::text[],
      ${column((job) => job.dueAt?.toISOString() ?? null)}::timestamptz[]
    ) with ordinality as job (organization_id, payload, request_id, key, dedupe_key, due_at, position)
    order by job.position
    on conflict (dedupe_key) do nothing`);
}

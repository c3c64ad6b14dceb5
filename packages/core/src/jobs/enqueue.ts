import type { Context } from "#core/db/context.ts";
import { outbox } from "#core/db/schema/outbox.ts";
import { currentCall } from "#core/platform/call.ts";
import type { JobName, JobPayload } from "./catalog.ts";

export type NewJob<Name extends JobName> = {
  organizationId: string | null;
  payload: JobPayload<Name>;
  /** Jobs of one key run in the order they were enqueued. */
  key?: string;
  /** The same intent written twice is one job. */
  dedupeKey?: string;
  dueAt?: Date;
};

/** Written with the change that causes it: both are committed or neither is. */
export async function enqueue<Name extends JobName>(
  tx: Context,
  name: Name,
  jobs: NewJob<Name>[],
): Promise<void> {
  if (jobs.length === 0) return;
  const requestId = currentCall()?.requestId ?? null;
  await tx.db
    .insert(outbox)
    .values(
      jobs.map((job) => ({
        organizationId: job.organizationId,
        job: name,
        key: job.key ?? null,
        dedupeKey: job.dedupeKey ?? null,
        payload: job.payload,
        requestId,
        ...(job.dueAt === undefined ? {} : { dueAt: job.dueAt, nextAt: job.dueAt }),
      })),
    )
    .onConflictDoNothing({ target: outbox.dedupeKey });
}

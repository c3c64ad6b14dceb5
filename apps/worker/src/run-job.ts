import { isJobName, JOBS, type JobName } from "@tsudoi/core/jobs/catalog.ts";
import {
  finishRun,
  KEEP_RUN_EVERY_MS,
  keepRun,
  killRun,
  postponeRun,
  type Run,
  retryRun,
  startRun,
} from "@tsudoi/core/jobs/outbox.ts";
import { isOpenCircuit } from "@tsudoi/core/platform/breaker.ts";
import { runInCall } from "@tsudoi/core/platform/call.ts";
import { deadlineIn } from "@tsudoi/core/platform/deadline.ts";
import { DomainError, isTransient } from "@tsudoi/shared/errors.ts";
import type { Metrics } from "@tsudoi/telemetry/metrics.ts";
import { GIVE_UPS, HANDLERS, type JobContext, type JobHandler } from "./handlers.ts";

/** Nothing a job does takes longer; statements after it are refused. */
const JOB_MS = 45_000;
const POSTPONE_SECONDS = 15;
const MAX_ERROR_LENGTH = 500;

type Ended = "ok" | "retry" | "dead" | "skipped";

/**
 * One delivery of one outbox row, from payload to outcome. The row decides whether there is anything to do,
 * so a job that is delivered twice, or again after Redis lost everything, has one effect.
 */
export async function runJob(ctx: JobContext, metrics: Metrics, outboxId: number): Promise<Ended> {
  const run = await startRun(ctx, outboxId);
  if (run === undefined || !isJobName(run.job)) return "skipped";
  const { queue } = JOBS[run.job];
  const labels = { queue, job_name: run.job };
  const deadline = deadlineIn(JOB_MS);
  const call = { name: run.job, requestId: run.requestId ?? `job-${run.id}`, queries: 0, deadline };
  metrics.jobWaitDurationSeconds.observe(
    { queue },
    (ctx.now().getTime() - run.dueAt.getTime()) / 1_000,
  );
  const startedAt = performance.now();
  const job = { name: run.job, run };
  const jobContext: JobContext = {
    ...ctx,
    deadline,
    actor:
      run.organizationId === null
        ? { kind: "system" }
        : { kind: "system", organizationId: run.organizationId },
  };
  const heartbeat = keepAlive(ctx, run.id);
  let ended: Ended;
  try {
    ended = await runInCall(call, () => settle(jobContext, job));
  } finally {
    // A row that cannot even be put back is taken over when its lease ends.
    clearInterval(heartbeat);
  }
  metrics.jobProcessDurationSeconds.observe(
    { queue, outcome: ended === "ok" ? "ok" : "error" },
    (performance.now() - startedAt) / 1_000,
  );
  metrics.jobDbQueries.observe({ queue }, call.queries);
  if (ended !== "skipped") metrics.jobAttemptsTotal.inc({ ...labels, outcome: ended });
  return ended;
}

function keepAlive(ctx: JobContext, id: number): NodeJS.Timeout {
  return setInterval(() => {
    keepRun(ctx, id).catch((error: unknown) => {
      ctx.log.warn({ err: error, outbox_id: id }, "a run could not say that it lives");
    });
  }, KEEP_RUN_EVERY_MS);
}

type Job = { name: JobName; run: Run };

/** The only place where a job's errors are caught: refused for good, put off, or tried again later. */
async function settle(ctx: JobContext, job: Job): Promise<Ended> {
  try {
    await handle(ctx, job);
    return "ok";
  } catch (error) {
    const text = describe(error);
    if (isOpenCircuit(error)) {
      await postponeRun(ctx, job.run, POSTPONE_SECONDS);
      return "skipped";
    }
    ctx.log.warn(
      { err: error, outbox_id: job.run.id, attempts: job.run.attempts + 1 },
      "a job failed",
    );
    const isLast = job.run.attempts + 1 >= JOBS[job.name].attempts;
    if (isPermanent(error) || isLast) {
      await giveUp(ctx, job);
      await killRun(ctx, job.run, text);
      return "dead";
    }
    await retryRun(ctx, job.run, text);
    return "retry";
  }
}

async function handle(ctx: JobContext, { name, run }: Job): Promise<void> {
  const parsed = JOBS[name].payload.safeParse(run.payload);
  if (!parsed.success) throw new DomainError("VALIDATION", {}, { cause: parsed.error });
  // The payload was parsed by the schema that stands beside this handler in the catalog.
  const handler = HANDLERS[name] as JobHandler<JobName>;
  const effect = await handler(ctx, parsed.data as never);
  await finishRun(ctx, run.id, effect);
}

function isPermanent(error: unknown): boolean {
  return error instanceof DomainError && !isTransient(error.reason);
}

async function giveUp(ctx: JobContext, { name, run }: Job): Promise<void> {
  const parsed = JOBS[name].payload.safeParse(run.payload);
  if (parsed.success) await GIVE_UPS[name]?.(ctx, parsed.data as never);
}

/** For operators, in the row: what went wrong, never the message's content. */
function describe(error: unknown): string {
  if (error instanceof DomainError) return error.reason;
  if (!(error instanceof Error)) return "unknown error";
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : "";
  return `${error.name}: ${error.message}${cause}`.slice(0, MAX_ERROR_LENGTH);
}

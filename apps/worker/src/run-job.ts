import type { Actor } from "@tsudoi/core/db/context.ts";
import { isJobName, JOBS, type JobName } from "@tsudoi/core/jobs/catalog.ts";
import {
  type Effect,
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
import { type Call, runInCall } from "@tsudoi/core/platform/call.ts";
import { type Deadline, deadlineIn } from "@tsudoi/core/platform/deadline.ts";
import { MailRefusedError } from "@tsudoi/core/platform/mail.ts";
import { DomainError, isTransient } from "@tsudoi/shared/errors.ts";
import type { Metrics } from "@tsudoi/telemetry/metrics.ts";
import {
  GIVE_UPS,
  type GiveUpReason,
  HANDLERS,
  type JobContext,
  type JobHandler,
} from "./handlers.ts";

/** No statement of an attempt begins later. What it does outside has shorter limits of its own. */
const ATTEMPT_MS = 45_000;
const POSTPONE_SECONDS = 15;
const MAX_ERROR_LENGTH = 500;

type Ended = "ok" | "retry" | "refused" | "dead" | "skipped";

/**
 * One delivery of one outbox row, from payload to outcome. The row decides whether there is anything to do,
 * so a job that is delivered twice, or again after Redis lost everything, has one effect.
 */
export async function runJob(ctx: JobContext, metrics: Metrics, outboxId: number): Promise<Ended> {
  const run = await startRun(ctx, outboxId);
  if (run === undefined || !isJobName(run.job)) return "skipped";
  const { queue } = JOBS[run.job];
  // How an attempt ended is written down however late it ended.
  const call = { name: run.job, requestId: run.requestId ?? `job-${run.id}`, queries: 0 };
  const attempt = { ...call, deadline: deadlineIn(ATTEMPT_MS) };
  const startedAt = performance.now();
  const heartbeat = keepAlive(ctx, run);
  let ended: Ended;
  try {
    const job = { name: run.job, run, attempt };
    const own = { ...ctx, actor: actorOf(run), now: notBefore(run.dueAt, ctx.now) };
    ended = await runInCall(call, () => settle(own, job));
  } finally {
    // A row that cannot even be put back is taken over when its lease ends.
    clearInterval(heartbeat);
  }
  // What was put off was no attempt: its few milliseconds would make an outage look fast.
  if (ended === "skipped") return ended;
  metrics.jobProcessDurationSeconds.observe(
    { queue, outcome: ended === "ok" ? "ok" : "error" },
    (performance.now() - startedAt) / 1_000,
  );
  metrics.jobDbQueries.observe({ queue }, call.queries + attempt.queries);
  metrics.jobWaitDurationSeconds.observe({ queue }, run.waitedSeconds);
  metrics.jobAttemptsTotal.inc({ queue, job_name: run.job, outcome: ended });
  return ended;
}

function actorOf({ organizationId }: Run): Actor {
  return organizationId === null ? { kind: "system" } : { kind: "system", organizationId };
}

/** A job is due by the database's clock: by a slower one of its own it would find that nothing is due yet, and end. */
function notBefore(dueAt: Date, now: () => Date): () => Date {
  return () => new Date(Math.max(now().getTime(), dueAt.getTime()));
}

function keepAlive(ctx: JobContext, run: Run): NodeJS.Timeout {
  return setInterval(() => {
    keepRun(ctx, run).catch((error: unknown) => {
      ctx.log.warn({ err: error, outbox_id: run.id }, "a run could not say that it lives");
    });
  }, KEEP_RUN_EVERY_MS);
}

type Job = { name: JobName; run: Run; attempt: Call & { deadline: Deadline } };

async function settle(ctx: JobContext, job: Job): Promise<Ended> {
  try {
    const { attempt } = job;
    const effect = await runInCall(attempt, () =>
      handle({ ...ctx, deadline: attempt.deadline }, job),
    );
    return (await finishRun(ctx, job.run, effect)) ? "ok" : "skipped";
  } catch (error) {
    return await putBack(ctx, job, error);
  }
}

async function handle(ctx: JobContext, { name, run }: Job): Promise<Effect | undefined> {
  const parsed = JOBS[name].payload.safeParse(run.payload);
  if (!parsed.success) throw new DomainError("VALIDATION", {}, { cause: parsed.error });
  // The payload was parsed by the schema that stands beside this handler in the catalog.
  const handler = HANDLERS[name] as JobHandler<JobName>;
  return await handler(ctx, parsed.data as never);
}

/** The one place where a job's errors end: put off, refused, given up, or tried again later. */
async function putBack(ctx: JobContext, job: Job, error: unknown): Promise<Ended> {
  const { name, run } = job;
  if (isOpenCircuit(error)) {
    await postponeRun(ctx, run, POSTPONE_SECONDS);
    return "skipped";
  }
  const attempts = run.attempts + 1;
  ctx.log.warn({ err: error, outbox_id: run.id, attempts }, "a job failed");
  if (error instanceof MailRefusedError) {
    return (await finishRun(ctx, run, giveUp(job, "refused"))) ? "refused" : "skipped";
  }
  const text = describe(error);
  if (isPermanent(error) || attempts >= JOBS[name].attempts) {
    const effect = giveUp(job, "gave up");
    await killRun(ctx, run, { error: text, effect }).catch(async (failure: unknown) => {
      if (!isPermanent(failure)) throw failure;
      await killRun(ctx, run, { error: text, effect: undefined });
    });
    return "dead";
  }
  await retryRun(ctx, run, text);
  return "retry";
}

function giveUp({ name, run }: Job, reason: GiveUpReason): Effect {
  const { data, success } = JOBS[name].payload.safeParse(run.payload);
  return async (tx) => {
    if (success) await GIVE_UPS[name]?.(tx, data as never, reason);
  };
}

function isPermanent(error: unknown): boolean {
  return error instanceof DomainError && !isTransient(error.reason);
}

/** For operators, in the row: what went wrong, never the message's content. */
function describe(error: unknown): string {
  if (error instanceof DomainError) return error.reason;
  if (!(error instanceof Error)) return "unknown error";
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : "";
  return `${error.name}: ${error.message}${cause}`.slice(0, MAX_ERROR_LENGTH);
}

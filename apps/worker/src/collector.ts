import { setTimeout as wait } from "node:timers/promises";
import type { Context } from "@tsudoi/core/db/context.ts";
import { countViolations, type Walk } from "@tsudoi/core/events/count-violations.ts";
import { readOutboxState } from "@tsudoi/core/jobs/queries.ts";
import type { Queues } from "@tsudoi/core/jobs/queues.ts";
import { runInCall } from "@tsudoi/core/platform/call.ts";
import type { Redis } from "@tsudoi/core/platform/redis.ts";
import { BEAT_EVERY_MS, beat } from "@tsudoi/core/platform/worker-beat.ts";
import type { Metrics } from "@tsudoi/telemetry/metrics.ts";
import { INVARIANTS, QUEUES, type Queue } from "@tsudoi/telemetry/names.ts";

const LOOK_EVERY_MS = 5_000;
/** A look is a short slice of a walk: at this pace it comes round to 100,000 upcoming events in some four minutes. */
const CHECK_EVERY_MS = 5_000;
const BEAT_AGAIN_MS = 500;
const OVERDUE_MS = 1_000;

type Sources = { context: Context; queues: Queues; redis: Redis; metrics: Metrics };

/** Looks at what all processes share and shows it; each look has its own pace, so one that hangs or fails leaves the others. */
export function startCollector(sources: Sources): { stop: () => Promise<void> } {
  const { context, redis } = sources;
  const stopping = new AbortController();
  const { signal } = stopping;
  const walk: Walk = {};
  const done = Promise.all([
    repeat(context, signal, {
      everyMs: BEAT_EVERY_MS,
      againMs: BEAT_AGAIN_MS,
      look: () => beat(redis),
    }),
    repeat(context, signal, { everyMs: LOOK_EVERY_MS, look: () => readQueues(sources) }),
    repeat(context, signal, { everyMs: LOOK_EVERY_MS, look: () => readOutbox(sources) }),
    repeat(context, signal, {
      everyMs: CHECK_EVERY_MS,
      look: () => readInvariants(sources, walk),
    }),
  ]);
  return {
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

type Look = { everyMs: number; againMs?: number; look: () => Promise<void> };

async function repeat(
  context: Context,
  signal: AbortSignal,
  { everyMs, againMs = everyMs, look }: Look,
): Promise<void> {
  while (!signal.aborted) {
    const call = { name: "collector", requestId: "", queries: 0 };
    const pause = await runInCall(call, look).then(
      () => everyMs,
      (error: unknown) => {
        context.log.debug({ err: error }, "a look at the shared state failed");
        return againMs;
      },
    );
    await wait(pause, undefined, { signal }).catch(() => undefined);
  }
}

async function readQueues({ queues, metrics }: Sources): Promise<void> {
  await Promise.all(QUEUES.map((name) => readQueue({ queues, metrics, name })));
  metrics.queueCollectorLastSuccessTimestampSeconds.set(Date.now() / 1_000);
}

async function readQueue({
  queues,
  metrics,
  name,
}: Pick<Sources, "queues" | "metrics"> & { name: Queue }): Promise<void> {
  const queue = queues.get(name);
  const [counts, [oldest], overdue, workers] = await Promise.all([
    queue.getJobCounts("waiting", "active", "delayed", "prioritized", "failed", "waiting-children"),
    queue.getWaiting(0, 0),
    queue.getDelayedCount(Date.now() - OVERDUE_MS),
    queue.getWorkersCount(),
  ]);
  for (const state of ["waiting", "active", "delayed", "prioritized", "failed"] as const) {
    metrics.queueJobs.set({ queue: name, state }, counts[state] ?? 0);
  }
  metrics.queueJobs.set(
    { queue: name, state: "waiting_children" },
    counts["waiting-children"] ?? 0,
  );
  metrics.queueOldestWaitingTimestampSeconds.set({ queue: name }, (oldest?.timestamp ?? 0) / 1_000);
  metrics.queueOverdueJobs.set({ queue: name }, overdue);
  metrics.queueWorkers.set({ queue: name }, workers);
}

async function readOutbox({ context, metrics }: Sources): Promise<void> {
  const state = await readOutboxState(context);
  metrics.outboxPendingRows.set(state.pending);
  metrics.outboxOldestPendingTimestampSeconds.set((state.oldestDueAt?.getTime() ?? 0) / 1_000);
}

async function readInvariants({ context, metrics }: Sources, walk: Walk): Promise<void> {
  const violations = await countViolations(context, walk);
  for (const name of INVARIANTS) metrics.invariantViolations.set({ name }, violations[name]);
}

import { setTimeout as wait } from "node:timers/promises";
import type { Context } from "@tsudoi/core/db/context.ts";
import { countViolations } from "@tsudoi/core/events/count-violations.ts";
import { readOutboxState } from "@tsudoi/core/jobs/queries.ts";
import type { Queues } from "@tsudoi/core/jobs/queues.ts";
import { runInCall } from "@tsudoi/core/platform/call.ts";
import type { Redis } from "@tsudoi/core/platform/redis.ts";
import { beat } from "@tsudoi/core/platform/worker-beat.ts";
import type { Metrics } from "@tsudoi/telemetry/metrics.ts";
import { INVARIANTS, QUEUES, type Queue } from "@tsudoi/telemetry/names.ts";

const EVERY_MS = 5_000;
/** Right after the start, and while something is away, sooner. */
const AGAIN_MS = 500;
const OVERDUE_MS = 1_000;

type Sources = { context: Context; queues: Queues; redis: Redis; metrics: Metrics };

/** Looks at what all processes share and shows it; each look stands alone, so one that fails leaves the last values. */
export function startCollector(sources: Sources): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const done = run(sources, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

async function run(sources: Sources, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const call = { name: "collector", requestId: "", queries: 0 };
    const sawAll = await runInCall(call, () => look(sources));
    const pause = sawAll ? EVERY_MS : AGAIN_MS;
    await wait(pause, undefined, { signal }).catch(() => undefined);
  }
}

async function look(sources: Sources): Promise<boolean> {
  const looks = [
    beat(sources.redis),
    readQueues(sources),
    readOutbox(sources),
    readInvariants(sources),
  ];
  const results = await Promise.allSettled(looks);
  const failed = results.filter((result) => result.status === "rejected");
  for (const { reason } of failed) {
    sources.context.log.debug({ err: reason }, "a look at the shared state failed");
  }
  return failed.length === 0;
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

async function readInvariants({ context, metrics }: Sources): Promise<void> {
  const violations = await countViolations(context);
  for (const name of INVARIANTS) metrics.invariantViolations.set({ name }, violations[name]);
}

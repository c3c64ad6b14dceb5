import { setTimeout as wait } from "node:timers/promises";
import type { Context } from "@tsudoi/core/db/context.ts";
import { countViolations, type Walk } from "@tsudoi/core/events/count-violations.ts";
import { readOutboxState } from "@tsudoi/core/jobs/queries.ts";
import type { Queues } from "@tsudoi/core/jobs/queues.ts";
import { runInCall } from "@tsudoi/core/platform/call.ts";
import { sparingly } from "@tsudoi/core/platform/log.ts";
import type { Redis } from "@tsudoi/core/platform/redis.ts";
import { BEAT_EVERY_MS, beat } from "@tsudoi/core/platform/worker-beat.ts";
import type { Metrics } from "@tsudoi/telemetry/metrics.ts";
import {
  INVARIANTS,
  type Look,
  PLACE_STATES,
  QUEUES,
  type Queue,
} from "@tsudoi/telemetry/names.ts";

const LOOK_EVERY_MS = 5_000;
/** A look is a short slice of a walk: at this pace it comes round to 100,000 upcoming events in some four minutes. */
const CHECK_EVERY_MS = 5_000;
const BEAT_AGAIN_MS = 500;
const OVERDUE_MS = 1_000;
/**
 * Six looks and two scrapes. What is older is not shown at all: one worker that cannot look would outvote those that can,
 * and a zero from before the trouble is no all-clear. Less, and a single failed look would interrupt every waiting alert.
 */
const FRESH_MS = 30_000;

type Sources = { context: Context; queues: Queues; redis: Redis; metrics: Metrics };

/** Looks at what all processes share and shows it; each look has its own pace, so one that hangs or fails leaves the others. */
export function startCollector(sources: Sources): { stop: () => Promise<void> } {
  const { context, redis, metrics } = sources;
  const stopping = new AbortController();
  const walk: Walk = {};
  const looks: Repeated[] = [
    {
      name: "beat",
      everyMs: BEAT_EVERY_MS,
      againMs: BEAT_AGAIN_MS,
      // Fails at each start until the link stands, and later the link warns by itself.
      level: "debug",
      work: () => beat(redis),
    },
    show(metrics, "queues", {
      everyMs: LOOK_EVERY_MS,
      read: () => readQueues(sources),
      gauges: [
        metrics.queueJobs,
        metrics.queueOldestWaitingTimestampSeconds,
        metrics.queueOverdueJobs,
        metrics.queueWorkers,
      ],
    }),
    show(metrics, "outbox", {
      everyMs: LOOK_EVERY_MS,
      read: () => readOutbox(sources),
      gauges: [
        metrics.outboxPendingRows,
        metrics.outboxOldestPendingTimestampSeconds,
        metrics.outboxDeadRows,
      ],
    }),
    show(metrics, "invariants", {
      everyMs: CHECK_EVERY_MS,
      read: () => readInvariants(sources, walk),
      gauges: [metrics.invariantViolations, metrics.upcomingPlaces],
    }),
  ];
  const done = Promise.all(looks.map((look) => repeat(context, stopping.signal, look)));
  return {
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

type Repeated = {
  name: string;
  everyMs: number;
  againMs?: number;
  level?: "debug" | "warn";
  work: () => Promise<void>;
};
type Shown = { collectWith: (collect: () => void) => unknown; forget: () => void };

/** A look whose last success can be told, and whose gauges are empty once that is too long ago. */
function show(
  metrics: Metrics,
  look: Look,
  { everyMs, read, gauges }: { everyMs: number; read: () => Promise<void>; gauges: Shown[] },
): Repeated {
  let seenAt = 0;
  for (const gauge of gauges) {
    gauge.collectWith(() => {
      if (performance.now() - seenAt > FRESH_MS) gauge.forget();
    });
  }
  const work = async () => {
    await read();
    seenAt = performance.now();
    metrics.queueCollectorLastSuccessTimestampSeconds.set({ look }, Date.now() / 1_000);
  };
  return { name: look, everyMs, work };
}

async function repeat(
  context: Context,
  signal: AbortSignal,
  { name, everyMs, againMs = everyMs, level = "warn", work }: Repeated,
): Promise<void> {
  const mayLog = sparingly();
  while (!signal.aborted) {
    const call = { name: "collector", requestId: "", queries: 0 };
    const pause = await runInCall(call, work).then(
      () => everyMs,
      (error: unknown) => {
        if (mayLog()) {
          context.log[level]({ err: error, look: name }, "a look at the shared state failed");
        }
        return againMs;
      },
    );
    await wait(pause, undefined, { signal }).catch(() => undefined);
  }
}

async function readQueues({ queues, metrics }: Sources): Promise<void> {
  await Promise.all(QUEUES.map((name) => readQueue({ queues, metrics, name })));
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
  metrics.outboxDeadRows.set(state.dead);
  metrics.outboxOldestPendingTimestampSeconds.set((state.oldestDueAt?.getTime() ?? 0) / 1_000);
}

async function readInvariants({ context, metrics }: Sources, walk: Walk): Promise<void> {
  const { violations, places } = await countViolations(context, walk);
  for (const name of INVARIANTS) metrics.invariantViolations.set({ name }, violations[name]);
  if (places === undefined) return;
  for (const state of PLACE_STATES) metrics.upcomingPlaces.set({ state }, places[state]);
}

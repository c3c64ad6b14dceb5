import { setTimeout as wait } from "node:timers/promises";
import type { Metrics } from "@tsudoi/telemetry/metrics.ts";
import { QUEUES, type Queue } from "@tsudoi/telemetry/names.ts";
import type { Context } from "#core/db/context.ts";
import { runInCall } from "#core/platform/call.ts";
import { JOB_NAMES, JOBS, type JobName } from "./catalog.ts";
import { claimDue, type DueJob, unclaim } from "./outbox.ts";
import type { Queues } from "./queues.ts";

const BATCH = 200;
/** More than all workers take within a lease would be delivered again while it still waits. */
export const MOST_WAITING = 2_000;
const IDLE_MS = 100;
const FULL_MS = 1_000;
const TROUBLE_MS = 500;

export type Relay = { stop: () => Promise<void> };
export type RelayOptions = { context: Context; queues: Queues; metrics?: Metrics };

/** Carries due rows of the outbox to the queues until stopped; what it cannot deliver stays due. */
export function startRelay(options: RelayOptions): Relay {
  const stopping = new AbortController();
  const done = run(options, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

async function run(options: RelayOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const pause = await relayOnce(options);
    if (pause > 0) await wait(pause, undefined, { signal }).catch(() => undefined);
  }
}

/** How long to wait before looking again. */
async function relayOnce(options: RelayOptions): Promise<number> {
  const { context, queues } = options;
  // Without the queue, claiming would only push the rows' next look further away.
  if (!queues.isReady()) return TROUBLE_MS;
  const call = { name: "outbox.relay", requestId: "", queries: 0 };
  return runInCall(call, async () => {
    try {
      const jobs = await listJobsWithRoom(queues);
      const isFull = jobs.length < JOB_NAMES.length;
      const due = jobs.length === 0 ? [] : await claimDue(context, BATCH, jobs);
      const delivered = await Promise.all(
        [...Map.groupBy(due, (job) => JOBS[job.job].queue)].map(([queue, group]) =>
          deliver(options, queue, group),
        ),
      );
      if (delivered.includes(false)) return TROUBLE_MS;
      if (due.length === BATCH) return 0;
      return isFull ? FULL_MS : IDLE_MS;
    } catch (error) {
      context.log.warn({ err: error }, "the outbox could not be carried to the queues");
      return TROUBLE_MS;
    }
  });
}

/** A job that only a newer version knows is in no list, and waits for a worker that knows it. */
async function listJobsWithRoom(queues: Queues): Promise<JobName[]> {
  const waiting = new Map(
    await Promise.all(QUEUES.map(async (name) => [name, await queues.countWaiting(name)] as const)),
  );
  return JOB_NAMES.filter((job) => (waiting.get(JOBS[job].queue) ?? 0) < MOST_WAITING);
}

/** Added at once, and if the queue says no, given back: an add that did happen is found done by its run. */
async function deliver(
  { context, queues, metrics }: RelayOptions,
  queue: Queue,
  jobs: DueJob[],
): Promise<boolean> {
  try {
    await queues.add(queue, jobs);
    metrics?.outboxPublishedTotal.inc({ outcome: "ok" }, jobs.length);
    return true;
  } catch (error) {
    metrics?.outboxPublishedTotal.inc({ outcome: "error" }, jobs.length);
    context.log.warn({ err: error, queue, jobs: jobs.length }, "jobs could not be handed over");
    await unclaim(
      context,
      jobs.map((job) => job.id),
    );
    return false;
  }
}

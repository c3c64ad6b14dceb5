import { setTimeout as wait } from "node:timers/promises";
import type { Metrics } from "@tsudoi/telemetry/metrics.ts";
import type { Context } from "#core/db/context.ts";
import { runInCall } from "#core/platform/call.ts";
import { isJobName, JOBS } from "./catalog.ts";
import { claimDue, type DueJob, unclaim } from "./outbox.ts";
import type { Queues } from "./queues.ts";

const BATCH = 200;
const IDLE_MS = 100;
const TROUBLE_MS = 500;

export type Relay = { stop: () => Promise<void> };

/** Carries due rows of the outbox to the queues until stopped; what it cannot deliver stays due. */
export function startRelay(options: {
  context: Context;
  queues: Queues;
  metrics?: Metrics;
}): Relay {
  const stopping = new AbortController();
  const done = run(options, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

async function run(
  options: { context: Context; queues: Queues; metrics?: Metrics },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const pause = await relayOnce(options);
    if (pause > 0) await wait(pause, undefined, { signal }).catch(() => undefined);
  }
}

/** How long to wait before looking again. */
async function relayOnce({
  context,
  queues,
  metrics,
}: {
  context: Context;
  queues: Queues;
  metrics?: Metrics;
}): Promise<number> {
  // Without the queue, claiming would only push the rows' next look further away.
  if (!queues.isReady()) return TROUBLE_MS;
  const call = { name: "outbox.relay", requestId: "", queries: 0 };
  return runInCall(call, async () => {
    try {
      const due = await claimDue(context, BATCH);
      if (due.length === 0) return IDLE_MS;
      const delivered = await deliver(context, { queues, due });
      metrics?.outboxPublishedTotal.inc({ outcome: delivered ? "ok" : "error" }, due.length);
      if (!delivered) return TROUBLE_MS;
      return due.length < BATCH ? IDLE_MS : 0;
    } catch (error) {
      context.log.warn({ err: error }, "the outbox could not be read");
      return TROUBLE_MS;
    }
  });
}

/** Added at once, and if the queue says no, given back: an add that did happen is found done by its run. */
async function deliver(
  context: Context,
  { queues, due }: { queues: Queues; due: DueJob[] },
): Promise<boolean> {
  try {
    await Promise.all(
      [...Map.groupBy(due.filter(isKnown), (job) => JOBS[job.job].queue)].map(([queue, jobs]) =>
        queues.add(queue, jobs),
      ),
    );
    return true;
  } catch (error) {
    context.log.warn({ err: error, jobs: due.length }, "jobs could not be handed to the queue");
    await unclaim(
      context,
      due.map((job) => job.id),
    );
    return false;
  }
}

/** A newer version may have written jobs that this one does not know; they wait for a worker that does. */
function isKnown(job: DueJob): boolean {
  return isJobName(job.job);
}

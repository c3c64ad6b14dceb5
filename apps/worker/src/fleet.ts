import { type Delivery, QUEUE_PREFIX } from "@tsudoi/core/jobs/queues.ts";
import { atMost } from "@tsudoi/core/platform/lifecycle.ts";
import { sparingly } from "@tsudoi/core/platform/log.ts";
import { MAIL_CONNECTIONS } from "@tsudoi/core/platform/mail.ts";
import { createBlockingRedis, type Redis } from "@tsudoi/core/platform/redis.ts";
import type { Metrics } from "@tsudoi/telemetry/metrics.ts";
import type { Queue } from "@tsudoi/telemetry/names.ts";
import { Worker } from "bullmq";
import type { Config } from "./config.ts";
import type { JobContext } from "./handlers.ts";
import { hold } from "./hold.ts";
import { runJob } from "./run-job.ts";

/** How many jobs of a queue one process runs at a time: what the resource behind it takes. */
export const SLOTS: Record<Queue, number> = { default: 5, mail: MAIL_CONNECTIONS, bulk: 1 };

const LOCK_MS = 30_000;
const STALLED_EVERY_MS = 5_000;
const MAX_STALLED = 5;
const EMPTY_POLL_SECONDS = 5;
const KEEP_DONE = { age: 3_600, count: 1_000 };
const KEEP_FAILED = { age: 7 * 86_400, count: 5_000 };
const CLOSE_MS = 25_000;

export type Fleet = { stop: () => Promise<void> };

/** One BullMQ worker for each queue this process serves. */
export function startFleet(options: {
  config: Config;
  context: JobContext;
  metrics: Metrics;
}): Fleet {
  const { config, context, metrics } = options;
  const links: Redis[] = [];
  const holds: Disposable[] = [];
  const workers = config.queues.map((queue) => {
    const connection = createBlockingRedis(config.redisUrl, { log: context.log, metrics });
    links.push(connection);
    const worker = new Worker<Delivery>(
      queue,
      (job) => runJob(context, metrics, job.data.outboxId),
      {
        connection,
        prefix: QUEUE_PREFIX,
        concurrency: SLOTS[queue],
        lockDuration: LOCK_MS,
        stalledInterval: STALLED_EVERY_MS,
        maxStalledCount: MAX_STALLED,
        drainDelay: EMPTY_POLL_SECONDS,
        removeOnComplete: KEEP_DONE,
        removeOnFail: KEEP_FAILED,
        skipVersionCheck: true,
      },
    );
    const mayLog = sparingly();
    worker.on("error", (error) => {
      if (mayLog()) context.log.warn({ err: error, queue }, "a worker cannot reach its queue");
    });
    worker.on("failed", (_job, error) =>
      context.log.error({ err: error, queue }, "a delivery failed"),
    );
    worker.on("stalled", () => metrics.jobStalledTotal.inc({ queue }));
    if (queue === "mail") holds.push(hold(worker, context.mailer));
    return worker;
  });
  return {
    async stop() {
      for (const each of holds) each[Symbol.dispose]();
      // With Redis gone, closing never returns.
      await atMost(CLOSE_MS, Promise.allSettled(workers.map((worker) => worker.close())));
      for (const link of links) link.disconnect();
    },
  };
}

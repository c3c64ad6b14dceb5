import { QUEUES, type Queue as QueueName } from "@tsudoi/telemetry/names.ts";
import { Queue } from "bullmq";
import { atMost } from "#core/platform/lifecycle.ts";
import type { Logger } from "#core/platform/log.ts";
import type { Redis } from "#core/platform/redis.ts";
import type { DueJob } from "./outbox.ts";

/** Everything in Redis that is BullMQ's. */
export const QUEUE_PREFIX = "tsudoi";
const KEEP_DONE = { age: 3_600, count: 1_000 };
const KEEP_FAILED = { age: 7 * 86_400, count: 5_000 };
const CLOSE_MS = 2_000;

/** A run reads everything else from its row. */
export type Delivery = { outboxId: number };

export type Queues = {
  isReady: () => boolean;
  add: (queue: QueueName, jobs: DueJob[]) => Promise<void>;
  countWaiting: (queue: QueueName) => Promise<number>;
  get: (queue: QueueName) => Queue<Delivery>;
  close: () => Promise<void>;
};

/** The queues over one link that fails fast; BullMQ only carries what the outbox knows. */
export function createQueues(redis: Redis, log: Logger): Queues {
  const open = new Map<QueueName, Queue<Delivery>>();
  for (const name of QUEUES) {
    const queue = new Queue<Delivery>(name, {
      connection: redis,
      prefix: QUEUE_PREFIX,
      skipVersionCheck: true,
    });
    queue.on("error", (error) => log.debug({ err: error, queue: name }, "queue error"));
    open.set(name, queue);
  }
  const get = (name: QueueName) => {
    const queue = open.get(name);
    if (queue === undefined) throw new Error(`no queue ${name}`);
    return queue;
  };
  return {
    isReady: () => redis.status === "ready",
    get,
    countWaiting: (name) => get(name).getWaitingCount(),
    async add(name, jobs) {
      await get(name).addBulk(
        jobs.map((job) => ({
          name: job.job,
          data: { outboxId: job.id },
          opts: {
            // A kept job blocks its id for ever, so each delivery has one of its own. The time is in it because a
            // restored database counts deliveries again that Redis has seen.
            jobId: `ob-${job.id}-${job.deliveries}-${job.claimedAt}`,
            attempts: 1,
            removeOnComplete: KEEP_DONE,
            removeOnFail: KEEP_FAILED,
          },
        })),
      );
    },
    async close() {
      // With Redis gone, closing never returns.
      await atMost(CLOSE_MS, Promise.allSettled([...open.values()].map((queue) => queue.close())));
    },
  };
}

import { createMetrics } from "@tsudoi/telemetry/metrics.ts";
import { createQueues } from "#core/jobs/queues.ts";
import { createLogger } from "#core/platform/log.ts";
import { createRedis } from "#core/platform/redis.ts";
import { createTestBed } from "./bed.ts";
import { startRedis } from "./services/redis.ts";

/** A bed, and queues on a Redis of their own. */
export async function openQueues() {
  await using cleanUp = new AsyncDisposableStack();
  const { ctx } = cleanUp.use(await createTestBed());
  const server = cleanUp.use(await startRedis());
  const metrics = createMetrics("worker");
  const log = createLogger({ app: "test", level: "silent" });
  const redis = cleanUp.adopt(createRedis(server.url, { role: "queue", log, metrics }), (link) =>
    link.disconnect(),
  );
  const queues = cleanUp.adopt(createQueues(redis, log), (open) => open.close());
  const owned = cleanUp.move();
  const redisUrl = server.url;
  return {
    ctx,
    redis,
    redisUrl,
    queues,
    metrics,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

import { startRedis } from "@tsudoi/core/test/services/redis.ts";
import { startSystem } from "@tsudoi/core/test/system.ts";
import { expect, test } from "vitest";

test("a worker refuses a Redis that may forget jobs, and starts without one", async () => {
  await using system = await startSystem({ apis: 0 });
  await using redis = await startRedis({ evicts: "allkeys-lru" });
  await expect(system.startWorker({ env: { REDIS_URL: redis.url } })).rejects.toThrow(
    "worker: REDIS_URL: this Redis may forget jobs when its memory is full (maxmemory-policy allkeys-lru): set maxmemory-policy noeviction there",
  );
  const worker = await system.startWorker({ env: { REDIS_URL: "redis://127.0.0.1:1" } });
  expect((await fetch(worker.metricsUrl)).status).toBe(200);
  // A worker that drains waits for its Redis.
  await worker.kill();
});

import { transaction } from "@tsudoi/core/db/transaction.ts";
import { createQueues } from "@tsudoi/core/jobs/queues.ts";
import { createLogger } from "@tsudoi/core/platform/log.ts";
import { createRedis } from "@tsudoi/core/platform/redis.ts";
import { hasWorker } from "@tsudoi/core/platform/worker-beat.ts";
import { createTestBed } from "@tsudoi/core/test/bed.ts";
import { startRedis } from "@tsudoi/core/test/services/redis.ts";
import { createMetrics } from "@tsudoi/telemetry/metrics.ts";
import { sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { startCollector } from "#worker/collector.ts";

test("a look that hangs keeps neither the others nor the sign of life", async () => {
  await using bed = await createTestBed();
  await using server = await startRedis();
  await using cleanUp = new AsyncDisposableStack();
  const metrics = createMetrics("worker");
  const log = createLogger({ app: "test", level: "silent" });
  const redis = cleanUp.adopt(createRedis(server.url, { role: "queue", log, metrics }), (link) =>
    link.disconnect(),
  );
  const queues = cleanUp.adopt(createQueues(redis, log), (open) => open.close());
  await vi.waitFor(() => expect(queues.isReady()).toBe(true));

  await transaction(bed.ctx, async (tx) => {
    await tx.db.execute(sql`lock table outbox in access exclusive mode`);
    cleanUp.adopt(startCollector({ context: bed.ctx, queues, redis, metrics }), (collector) =>
      collector.stop(),
    );
    await vi.waitFor(async () => expect(await hasWorker(redis)).toBe(true));
    await redis.flushall();
    await vi.waitFor(async () => expect(await hasWorker(redis)).toBe(true), { timeout: 10_000 });
    const { body } = await metrics.render();
    expect(body).toMatch(/^invariant_violations\{name="seats_counter"\} 0$/m);
    expect(body).toMatch(/^queue_workers\{queue="mail"\} 0$/m);
    expect(body).not.toMatch(/^outbox_pending_rows /m);
  });
});

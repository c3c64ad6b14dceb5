import { transaction } from "@tsudoi/core/db/transaction.ts";
import { hasWorker } from "@tsudoi/core/platform/worker-beat.ts";
import { openQueues } from "@tsudoi/core/test/queues.ts";
import { sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { startCollector } from "#worker/collector.ts";

test("a look that hangs keeps neither the others nor the sign of life", async () => {
  await using stage = await openQueues();
  const { ctx, redis, queues, metrics } = stage;
  await using cleanUp = new AsyncDisposableStack();
  await vi.waitFor(() => expect(queues.isReady()).toBe(true));

  await transaction(ctx, async (tx) => {
    await tx.db.execute(sql`lock table outbox in access exclusive mode`);
    cleanUp.adopt(startCollector({ context: ctx, queues, redis, metrics }), (collector) =>
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

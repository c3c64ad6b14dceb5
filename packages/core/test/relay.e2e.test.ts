import { Worker } from "bullmq";
import { sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { enqueue } from "#core/jobs/enqueue.ts";
import { claimDue } from "#core/jobs/outbox.ts";
import { QUEUE_PREFIX } from "#core/jobs/queues.ts";
import { MOST_WAITING, startRelay } from "#core/jobs/relay.ts";
import { createBlockingRedis } from "#core/platform/redis.ts";
import { openQueues } from "./queues.ts";

const MAILS = 2 * MOST_WAITING;
const BATCH = 200;

test("a backlog stays in the outbox, and jobs of other queues pass it", async () => {
  await using stage = await openQueues();
  const { ctx, queues, metrics } = stage;
  await using cleanUp = new AsyncDisposableStack();

  const payload = { notificationId: "01890000-0000-7000-8000-000000000000" };
  await enqueue(
    ctx,
    "registrations.send-confirmation",
    Array.from({ length: MAILS }, () => ({ organizationId: null, payload })),
  );
  await enqueue(ctx, "system.sweep", [{ organizationId: null, payload: {} }]);
  cleanUp.adopt(startRelay({ context: ctx, queues, metrics }), (relay) => relay.stop());

  await vi.waitFor(async () => expect(await queues.countWaiting("default")).toBe(1), {
    timeout: 30_000,
  });
  const mails = await queues.countWaiting("mail");
  expect(mails).toBeGreaterThanOrEqual(MOST_WAITING);
  expect(mails).toBeLessThan(MOST_WAITING + BATCH);
  const [row] = await ctx.db.execute<{ untouched: number }>(sql`
    select count(*)::int as untouched from outbox where deliveries = 0`);
  expect(row?.untouched).toBe(MAILS - mails);
  const { body } = await metrics.render();
  expect(body).toContain(`outbox_published_total{outcome="ok"} ${mails + 1}`);
});

test("Redis remembers deliveries that a restored database does not know: they are made again", async () => {
  await using stage = await openQueues();
  const { ctx, queues, redisUrl } = stage;
  await using cleanUp = new AsyncDisposableStack();
  const runs: number[] = [];
  const link = cleanUp.adopt(createBlockingRedis(redisUrl, { log: ctx.log }), (open) =>
    open.disconnect(),
  );
  cleanUp.adopt(
    new Worker("default", async (job) => void runs.push(job.data.outboxId), {
      connection: link,
      prefix: QUEUE_PREFIX,
      skipVersionCheck: true,
    }),
    (worker) => worker.close(),
  );
  await enqueue(ctx, "system.sweep", [{ organizationId: null, payload: {} }]);
  const deliver = async () => await queues.add("default", await claimDue(ctx, 1));

  await deliver();
  const done = () => queues.get("default").getCompletedCount();
  await vi.waitFor(async () => expect(await done()).toBe(1), { timeout: 10_000 });
  await ctx.db.execute(sql`update outbox set deliveries = 0, next_at = due_at`);
  await deliver();
  await vi.waitFor(async () => expect(await done()).toBe(2), { timeout: 10_000 });
  expect(runs).toEqual([runs[0], runs[0]]);
});

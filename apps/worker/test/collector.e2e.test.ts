import { transaction } from "@tsudoi/core/db/transaction.ts";
import { createLogger } from "@tsudoi/core/platform/log.ts";
import { hasWorker } from "@tsudoi/core/platform/worker-beat.ts";
import { openQueues } from "@tsudoi/core/test/queues.ts";
import { sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { startCollector } from "#worker/collector.ts";

const LOOKED_AT = "queue_collector_last_success_timestamp_seconds";
/** More than a value stays on show without having been looked at again. */
const LONG_AGO_MS = 60_000;

function valueIn(body: string, series: string): number {
  const line = body.split("\n").find((each) => each.startsWith(`${series} `));
  return Number(line?.slice(series.length));
}

test("a look that hangs keeps neither the others nor the sign of life", async () => {
  await using stage = await openQueues();
  const { ctx, redis, queues, metrics } = stage;
  await using cleanUp = new AsyncDisposableStack();
  await vi.waitFor(() => expect(queues.isReady()).toBe(true), 10_000);

  await transaction(ctx, async (tx) => {
    await tx.db.execute(sql`lock table events in access exclusive mode`);
    cleanUp.adopt(startCollector({ context: ctx, queues, redis, metrics }), (collector) =>
      collector.stop(),
    );
    await vi.waitFor(async () => expect(await hasWorker(redis)).toBe(true), 10_000);
    await redis.flushall();
    await vi.waitFor(async () => expect(await hasWorker(redis)).toBe(true), { timeout: 10_000 });
    await vi.waitFor(async () => {
      const { body } = await metrics.render();
      expect(body).toMatch(/^outbox_pending_rows /m);
      expect(body).toMatch(/^queue_workers\{queue="mail"\} 0$/m);
    }, 10_000);
    expect((await metrics.render()).body).not.toMatch(
      /^invariant_violations\{name="seats_counter"\}/m,
    );
  });
});

test("a look that fails is told: its time stands still, its values go, a warning says why", async () => {
  await using stage = await openQueues();
  const { ctx, redis, queues, metrics } = stage;
  await using cleanUp = new AsyncDisposableStack();
  const lines: string[] = [];
  const log = createLogger({
    app: "worker",
    level: "info",
    destination: { write: (line) => void lines.push(line) },
  });
  const failures = (look: string) =>
    lines.map((line) => JSON.parse(line)).filter((line) => line.look === look);
  const read = async () => (await metrics.render()).body;
  const lookedAt = async (look: string) => valueIn(await read(), `${LOOKED_AT}{look="${look}"}`);
  await vi.waitFor(() => expect(queues.isReady()).toBe(true), 10_000);
  cleanUp.adopt(startCollector({ context: { ...ctx, log }, queues, redis, metrics }), (collector) =>
    collector.stop(),
  );
  await vi.waitFor(async () => {
    for (const look of ["queues", "outbox", "invariants"]) {
      expect(await lookedAt(look)).toBeGreaterThan(0);
    }
  }, 10_000);
  expect(await read()).toMatch(/^invariant_violations\{name="seats_counter"\} 0$/m);
  expect(await read()).toMatch(/^outbox_dead_rows 0$/m);
  expect(lines).toEqual([]);

  await ctx.db.execute(sql`alter table registrations rename to mislaid`);
  await vi.waitFor(() => expect(failures("invariants")).toHaveLength(1), { timeout: 10_000 });
  expect(failures("invariants")).toMatchObject([
    { level: "warn", msg: "a look at the shared state failed", err: { causes: expect.any(Array) } },
  ]);
  const stood = await lookedAt("invariants");
  const moving = Math.max(await lookedAt("queues"), await lookedAt("outbox"));

  const now = performance.now.bind(performance);
  const clock = vi.spyOn(performance, "now").mockImplementation(() => now() + LONG_AGO_MS);
  cleanUp.defer(() => clock.mockRestore());
  await vi.waitFor(
    async () => {
      expect(await lookedAt("queues")).toBeGreaterThan(moving);
      expect(await lookedAt("outbox")).toBeGreaterThan(moving);
      expect(await read()).toMatch(/^queue_workers\{queue="mail"\} 0$/m);
      expect(await read()).toMatch(/^outbox_pending_rows 0$/m);
    },
    { timeout: 15_000 },
  );
  expect(await lookedAt("invariants")).toBe(stood);
  expect(await read()).not.toMatch(/^(?:invariant_violations|upcoming_places)\{/m);
  expect([...failures("queues"), ...failures("outbox")]).toEqual([]);

  await ctx.db.execute(sql`alter table mislaid rename to registrations`);
  await vi.waitFor(
    async () => {
      expect(await lookedAt("invariants")).toBeGreaterThan(stood);
      expect(await read()).toMatch(/^invariant_violations\{name="seats_counter"\} 0$/m);
    },
    { timeout: 10_000 },
  );
});

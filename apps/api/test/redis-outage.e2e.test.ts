import { setTimeout as wait } from "node:timers/promises";
import { createQueues } from "@tsudoi/core/jobs/queues.ts";
import { createRedis } from "@tsudoi/core/platform/redis.ts";
import { anEvent } from "@tsudoi/core/test/builders.ts";
import { aCrowd } from "@tsudoi/core/test/crowd.ts";
import { startSystem } from "@tsudoi/core/test/system.ts";
import { QUEUES } from "@tsudoi/telemetry/names.ts";
import { sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { register } from "./rush.ts";

const OUTAGE_MS = 20_000;
const PEOPLE = 200;
/** Spread over the outage, with some before and some after it. */
const EVERY_MS = 120;
const ANSWER_BOUND_MS = 5_000;
const BACK_WITHIN_MS = 60_000;
const NONE = QUEUES.map(() => 0);

test("Redis is gone for 20 seconds: everybody registers, and every mail arrives once", async () => {
  await using system = await startSystem({ apis: 1, workers: 2 });
  await using crowd = await aCrowd(system, PEOPLE);
  const { ctx, owner, people } = crowd;
  const event = await anEvent(ctx, owner, { capacity: PEOPLE });
  const url = system.apis[0]?.url ?? "";

  const outage = async () => {
    await wait(10 * EVERY_MS);
    await system.redis.kill();
    await wait(OUTAGE_MS);
    await system.redis.start();
  };
  const arrivals = people.map(async (person, index) => {
    await wait(index * EVERY_MS);
    const sentAt = performance.now();
    const answer = await register(url, { eventId: event.id, person });
    return { status: answer.status, milliseconds: performance.now() - sentAt };
  });
  const [answers] = await Promise.all([Promise.all(arrivals), outage()]);

  expect(answers.filter((answer) => answer.status !== 200)).toEqual([]);
  expect(Math.max(...answers.map((answer) => answer.milliseconds))).toBeLessThan(ANSWER_BOUND_MS);
  // A mail too many may come as late as the last delivery does.
  await using cleanUp = new AsyncDisposableStack();
  const redis = cleanUp.adopt(
    createRedis(system.redis.url, { role: "queue", log: ctx.log }),
    (link) => link.disconnect(),
  );
  const queues = cleanUp.adopt(createQueues(redis, ctx.log), (open) => open.close());
  await vi.waitFor(
    async () => {
      const [row] = await ctx.db.execute<{ open: number }>(sql`
        select count(*)::int as open from outbox where done_at is null`);
      const left = await Promise.all(QUEUES.map((name) => queues.get(name).count()));
      const active = await Promise.all(QUEUES.map((name) => queues.get(name).getActiveCount()));
      expect({ open: row?.open, left, active }).toEqual({ open: 0, left: NONE, active: NONE });
    },
    { timeout: BACK_WITHIN_MS, interval: 200 },
  );
  const readers = system.smtp.messages.flatMap((message) => message.to).toSorted();
  expect(readers).toEqual(people.map((person) => person.email).toSorted());
}, 180_000);

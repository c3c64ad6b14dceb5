import { setTimeout as wait } from "node:timers/promises";
import { anEvent } from "@tsudoi/core/test/builders.ts";
import { aCrowd } from "@tsudoi/core/test/crowd.ts";
import { startSystem } from "@tsudoi/core/test/system.ts";
import { expect, test, vi } from "vitest";
import { register } from "./rush.ts";

const OUTAGE_MS = 20_000;
const PEOPLE = 200;
/** Spread over the outage, with some before and some after it. */
const EVERY_MS = 120;
const ANSWER_BOUND_MS = 5_000;
const BACK_WITHIN_MS = 60_000;

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
  await vi.waitFor(() => expect(system.smtp.messages.length).toBeGreaterThanOrEqual(PEOPLE), {
    timeout: BACK_WITHIN_MS,
    interval: 200,
  });
  const readers = system.smtp.messages.flatMap((message) => message.to).toSorted();
  expect(readers).toEqual(people.map((person) => person.email).toSorted());
}, 180_000);

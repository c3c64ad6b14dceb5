import { anEvent, type TestEvent } from "@tsudoi/core/test/builders.ts";
import type { Answer } from "@tsudoi/core/test/call.ts";
import { aCrowd, type Crowd } from "@tsudoi/core/test/crowd.ts";
import { type SystemOptions, startSystem, type TestSystem } from "@tsudoi/core/test/system.ts";
import type { Registered } from "@tsudoi/shared/registrations.ts";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { type Person, register, rush } from "./rush.ts";
import { findFaults, type Ledger } from "./seat-checks.ts";

const PEOPLE = 2_000;
const AT_A_TIME = 500;
/** Who oversells does so around the last seat: whoever comes long after it is told the same by all. */
const PEOPLE_OF_MUTANTS = 2 * AT_A_TIME;
const SEATS = 100;
const ROUNDS = 5;

type Stage = AsyncDisposable & { system: TestSystem; crowd: Crowd };

/** Two API processes and a crowd that is signed in. */
async function setStage(people: number, options: SystemOptions = {}): Promise<Stage> {
  await using cleanUp = new AsyncDisposableStack();
  const system = cleanUp.use(await startSystem({ apis: 2, ...options }));
  const crowd = cleanUp.use(await aCrowd(system, people));
  await takeTimeToCommit(crowd);
  const owned = cleanUp.move();
  return { system, crowd, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** As on a busy disk: without it what another commits meanwhile is missed too seldom to tell right from wrong. */
async function takeTimeToCommit({ ctx }: Crowd): Promise<void> {
  await ctx.db.execute(sql`
    create function take_time() returns trigger language plpgsql
    as 'begin perform pg_sleep(0.005); return null; end'`);
  await ctx.db.execute(sql`
    create constraint trigger take_time after insert on registrations
    deferrable initially deferred for each row execute function take_time()`);
}

function anRushedEvent(stage: Stage): Promise<TestEvent> {
  return anEvent(stage.crowd.ctx, stage.crowd.owner, { capacity: SEATS });
}

async function readLedger(stage: Stage, event: TestEvent): Promise<Ledger> {
  const { db } = stage.crowd.ctx;
  const confirmed = await db.execute<{ id: string; user_id: string; seq: string }>(sql`
    select id, user_id, seq from registrations where event_id = ${event.id} and status = 'confirmed'`);
  const [counter] = await db.execute<{ seats_taken: number }>(sql`
    select seats_taken from events where id = ${event.id}`);
  return {
    capacity: SEATS,
    seatsTaken: counter?.seats_taken ?? -1,
    confirmed: confirmed.map((row) => ({ id: row.id, userId: row.user_id, seq: Number(row.seq) })),
  };
}

describe("2,000 people rush an event of 100 seats through two API processes", () => {
  test("everyone is answered, 100 have a seat, nobody hears full too early", async () => {
    await using stage = await setStage(PEOPLE);
    const event = await anRushedEvent(stage);
    const urls = stage.system.apis.map((api) => api.url);
    const attempts = await rush({
      urls,
      eventId: event.id,
      people: stage.crowd.people,
      concurrency: AT_A_TIME,
    });
    expect(findFaults(attempts, await readLedger(stage, event))).toEqual([]);
    expect(attempts.filter((attempt) => attempt.lost > 0)).toEqual([]);
  });

  test("the same key sent twice at the same moment to both processes is one registration", async () => {
    await using stage = await setStage(SEATS);
    const event = await anRushedEvent(stage);
    const twice = async (person: Person): Promise<Answer<Registered>[]> =>
      Promise.all(
        stage.system.apis.map((api) =>
          register(api.url, { eventId: event.id, person, key: "twice" }),
        ),
      );
    const pairs = await Promise.all(stage.crowd.people.map(twice));
    for (const [one, other] of pairs) {
      expect(one?.ok && one.data).toEqual(other?.ok && other.data);
      expect(one?.ok).toBe(true);
    }
    expect((await readLedger(stage, event)).confirmed).toHaveLength(SEATS);
  });

  test("kill -9 of a process in the middle loses no acknowledged seat", async () => {
    await using stage = await setStage(PEOPLE);
    const event = await anRushedEvent(stage);
    const [doomed, survivor] = stage.system.apis;
    if (doomed === undefined || survivor === undefined) throw new Error("two processes are needed");
    let killed: Promise<void> | undefined;
    const attempts = await rush({
      urls: [doomed.url, survivor.url],
      eventId: event.id,
      people: stage.crowd.people,
      concurrency: AT_A_TIME,
      onAnswer: (answered) => {
        if (answered >= SEATS / 2) killed ??= doomed.kill();
      },
    });
    await killed;
    expect(doomed.running()).toBe(false);
    expect(attempts.some((attempt) => attempt.lost > 0)).toBe(true);
    expect(findFaults(attempts, await readLedger(stage, event))).toEqual([]);
  });

  test.each(["check-then-insert", "count-under-lock", "insert-where-count"])(
    "%s does not pass for right",
    async (mutant) => {
      await using stage = await setStage(PEOPLE_OF_MUTANTS, {
        apiMain: new URL(`./mutants/${mutant}.ts`, import.meta.url),
      });
      const urls = stage.system.apis.map((api) => api.url);
      let oversold = 0;
      for (let round = 0; round < ROUNDS && oversold === 0; round += 1) {
        const event = await anRushedEvent(stage);
        await rush({
          urls,
          eventId: event.id,
          people: stage.crowd.people,
          concurrency: AT_A_TIME,
        });
        oversold = (await readLedger(stage, event)).confirmed.length - SEATS;
      }
      expect(oversold).toBeGreaterThan(0);
    },
    120_000,
  );
});

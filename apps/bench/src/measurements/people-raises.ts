import { setTimeout as wait } from "node:timers/promises";
import type { Sql } from "postgres";
import type { Tsudoi } from "#bench/contenders/tsudoi.ts";
import { startServer } from "#bench/stage/server-process.ts";
import type { Stage } from "#bench/stage/stage.ts";
import { askTsudoi } from "./ask-tsudoi.ts";
import { crowdEvent } from "./crowded-events.ts";

/** Milliseconds until the organiser was answered, and until everybody had their seat. */
export type Raise = { title: string; answered: number; done: number };

const WORKER_MAIN = new URL("../../../worker/src/main.ts", import.meta.url);
const LOOK_MS = 10;

/** As many seats more as people wait: ours, which answers and goes on in a job, against a transaction for each seat. */
export async function measureRaises(stage: Stage, tsudoi: Tsudoi): Promise<Raise[]> {
  const { people, rounds } = stage.settings.crowded;
  const half = Math.floor(people / 2);
  await using _worker = await startServer({
    name: "the worker",
    main: WORKER_MAIN,
    // Letters are no part of it: nobody sends them.
    env: { ...tsudoi.env, SMTP_URL: stage.smtp.url, WORKER_QUEUES: "default" },
  });
  const raises: Raise[] = [];
  const measure = async (title: string, raise: typeof raiseOurs) => {
    const eventId = await crowdEvent(tsudoi, { seats: half, waiting: half });
    raises.push({ title, ...(await raise(tsudoi, eventId, 2 * half)) });
    stage.say(`people: ${half} seats more, ${title}`);
    await tsudoi.database.sql`truncate registrations, notifications, outbox, audit_log`;
  };
  for (let round = 0; round < rounds; round += 1) await measure("Tsudoi, and a worker", raiseOurs);
  // Once: it takes its time.
  await measure("a transaction for each seat", raiseOneByOne);
  return raises;
}

async function raiseOurs(tsudoi: Tsudoi, eventId: string, capacity: number) {
  const since = performance.now();
  await askTsudoi(tsudoi, "events.update", { eventId, version: 1, apply: "this", capacity });
  const answered = performance.now() - since;
  while ((await countWaiting(tsudoi.database.sql, eventId)) > 0) await wait(LOOK_MS);
  return { answered, done: performance.now() - since };
}

async function countWaiting(sql: Sql, eventId: string): Promise<number> {
  const [row] = await sql<{ waiting: number }[]>`
    select waitlist_length as waiting from events where id = ${eventId}`;
  return row?.waiting ?? 0;
}

/** What is told and logged is left out: it would only be slower. */
async function raiseOneByOne({ database: { sql } }: Tsudoi, eventId: string, capacity: number) {
  const since = performance.now();
  await sql`update events set capacity = ${capacity} where id = ${eventId}`;
  for (;;) {
    const promoted = await sql.begin(async (tx) => {
      await tx`select id from events where id = ${eventId} for update`;
      const moved = await tx`
        update registrations set status = 'confirmed', queue_no = null
        where event_id = ${eventId} and status = 'waitlisted' and queue_no = (
          select min(queue_no) from registrations where event_id = ${eventId} and status = 'waitlisted'
        )`;
      await tx`
        update events set seats_taken = seats_taken + ${moved.count}, waitlist_length = waitlist_length - ${moved.count}
        where id = ${eventId}`;
      return moved.count;
    });
    if (promoted === 0) break;
  }
  const done = performance.now() - since;
  return { answered: done, done };
}

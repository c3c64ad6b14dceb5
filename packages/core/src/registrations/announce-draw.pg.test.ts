import { sql } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import { transaction } from "#core/db/transaction.ts";
import { type Call, runInCall } from "#core/platform/call.ts";
import type { TestEvent } from "#test/builders.ts";
import { aFullEvent } from "#test/full-event.ts";
import { expectSound } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { announceDraw } from "./announce-draw.ts";
import { drawWhenDue } from "./draw-when-due.ts";

const stage = useStage();
afterEach(() => stage.setNow(new Date()));

const PEOPLE = 10_000;
const SEATS = 4_000;

/** Entries that wait for their draw, which is due. */
async function aLottery(people: number, capacity: number): Promise<TestEvent> {
  const event = await aFullEvent(
    stage,
    { seats: 0, waiting: people },
    { capacity, allocation: "lottery", drawAt: new Date(), drawSeed: "a".repeat(64) },
  );
  await stage.ctx.db.execute(sql`
    update registrations set status = 'pending', queue_no = null where event_id = ${event.id}`);
  await stage.ctx.db.execute(sql`
    update events set waitlist_length = 0, pending_count = ${people} where id = ${event.id}`);
  return event;
}

async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  const call: Call = { name: "test", requestId: "request", queries: 0 };
  await runInCall(call, work);
  return call.queries;
}

const keyOf = ({ organizationId, id }: TestEvent) => ({ organizationId, eventId: id });

const hold = (event: TestEvent) =>
  statementsOf(() => transaction(stage.ctx, (tx) => drawWhenDue(tx, keyOf(event))));

async function toldOf({ id }: TestEvent) {
  const [row] = await stage.ctx.db.execute<{ told: number; people: number }>(sql`
    select count(*)::int as told, count(distinct registration_id)::int as people
    from notifications where event_id = ${id} and kind = 'registrations.draw-result'`);
  return row;
}

describe("registrations/announce-draw", () => {
  test("ten thousand are drawn in as many statements as ten, and told in few, each once", async () => {
    const few = await hold(await aLottery(10, 4));
    const event = await aLottery(PEOPLE, SEATS);
    expect(await hold(event)).toBe(few);
    await expectSound(stage.ctx, event);

    const key = keyOf(event);
    let last: number | undefined;
    const first = await statementsOf(async () => {
      last = await announceDraw(stage.ctx, { ...key, runMs: 0 });
    });
    expect(last).toBeLessThan(PEOPLE);
    // The run was cut off before it was known how far it came.
    const all = await statementsOf(() => announceDraw(stage.ctx, key));
    expect(first + all).toBeLessThanOrEqual(60);
    expect(await toldOf(event)).toEqual({ told: PEOPLE, people: PEOPLE });
  });
});

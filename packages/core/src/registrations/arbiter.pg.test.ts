import type { Registered } from "@tsudoi/shared/registrations.ts";
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { createDatabase } from "#core/db/client.ts";
import type { Context, UserActor } from "#core/db/context.ts";
import { transaction } from "#core/db/transaction.ts";
import { actorOf } from "#test/bed.ts";
import { countSeats } from "#test/builders.ts";
import { expectSound } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { createArbiter } from "./arbiter.ts";
import { register } from "./register.ts";

const stage = useStage();
const PEOPLE = 38;

/** The registrations of who is in `unwritable` cannot be written. */
beforeAll(async () => {
  const { db } = stage.ctx;
  await db.execute(sql`create table unwritable (user_id uuid)`);
  await db.execute(sql`
    create function refuse_unwritable() returns trigger language plpgsql as $$
    begin
      if exists (select 1 from unwritable u where u.user_id = new.user_id) then
        raise exception 'a row that cannot be';
      end if;
      return new;
    end $$`);
  await db.execute(sql`
    create trigger refuses_unwritable before insert on registrations
    for each row execute function refuse_unwritable()`);
});

const isConfirmed = (end: PromiseSettledResult<Registered>) =>
  end.status === "fulfilled" && end.value.registration.status === "confirmed";

describe("a batch with rows that cannot be written", () => {
  test.each([
    ["one", [17]],
    ["the last", [PEOPLE - 1]],
    ["neighbours and others", [3, 4, 20, 37]],
  ])("fails for them alone: %s", async (_, bad) => {
    const event = await stage.anEvent({ capacity: PEOPLE });
    const people = await stage.someMembers(PEOPLE);
    const ids = bad.map((index) => people[index]?.id);
    await stage.ctx.db.execute(
      sql`insert into unwritable select unnest(${sql.param(ids)}::uuid[])`,
    );
    const ends = await Promise.allSettled(
      people.map((person) => register(stage.as(actorOf(person)), { eventId: event.id })),
    );
    const failed = ends.flatMap((end, index) => (isConfirmed(end) ? [] : [index]));
    expect(failed).toEqual(bad);
    const good = PEOPLE - bad.length;
    expect(await countSeats(stage.ctx, event)).toMatchObject({
      seatsTaken: good,
      seq: good,
      rows: { confirmed: good },
    });
    await expectSound(stage.ctx, event);
  });
});

/** A process that gives up on a lock soon. */
function anImpatientProcess(): (actor: UserActor) => Context {
  const database = createDatabase({
    url: stage.url,
    max: 2,
    applicationName: "impatient",
    timeouts: { lockMs: 200, acquireMs: 20_000, statementMs: 20_000, answerMs: 25_000 },
  });
  onTestFinished(() => database[Symbol.asyncDispose]());
  const shared = { ...stage.ctx, db: database.primary };
  const seats = createArbiter({ context: shared });
  return (actor) => ({ ...stage.as(actor), db: database.primary, seats });
}

test("a batch that finds the event locked by another process asks again, and is served", async () => {
  const event = await stage.anEvent();
  const person = await stage.aMember();
  const as = anImpatientProcess();
  const booking = await transaction(stage.ctx, async (tx) => {
    await tx.db.execute(sql`select 1 from events where id = ${event.id} for update`);
    const asked = register(as(actorOf(person)), { eventId: event.id });
    const tries = new Set<string>();
    await vi.waitFor(
      async () => {
        const rows = await stage.ctx.db.execute<{ since: string }>(sql`
          select query_start::text as since from pg_stat_activity
          where datname = current_database() and application_name = 'impatient'
            and wait_event_type = 'Lock'`);
        for (const { since } of rows) tries.add(since);
        expect(tries.size).toBeGreaterThan(1);
      },
      { timeout: 10_000, interval: 10 },
    );
    return { asked };
  });
  expect((await booking.asked).registration.status).toBe("confirmed");
  await expectSound(stage.ctx, event);
});

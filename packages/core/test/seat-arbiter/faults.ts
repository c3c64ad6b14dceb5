import { setImmediate as nextTurn } from "node:timers/promises";
import { DomainError } from "@tsudoi/shared/errors.ts";
import { type Registered, receiptNumber } from "@tsudoi/shared/registrations.ts";
import { sql } from "drizzle-orm";
import { vi } from "vitest";
import { createDatabase, type Database } from "#core/db/client.ts";
import type { SeatArbiter } from "#core/db/context.ts";
import { transaction } from "#core/db/transaction.ts";
import { deadlineIn, NO_DEADLINE } from "#core/platform/deadline.ts";
import { register } from "#core/registrations/register.ts";
import { actorOf } from "#test/bed.ts";
import { countSeats, type TestEvent, type TestUser } from "#test/builders.ts";
import { expectSound } from "#test/seating.ts";
import type { Stage } from "#test/stage.ts";
import type { MakeArbiter } from "./plain.ts";

const PEOPLE = 38;
const SEATS = 20;
/** Who has gone, who asks twice, and how many come first. */
const WHO = { late: 9, twice: 11, first: 30 };
/** More batches than a test asks for. */
const BATCHES = 4;
const APPLICATION = "impatient";

/** When a row that cannot be written is refused. */
export type Moment = "at once" | "at the commit";

/** The registrations of who is in `unwritable` cannot be written. */
export async function refuseUnwritable({ ctx: { db } }: Stage): Promise<void> {
  await db.execute(sql`create table unwritable (user_id uuid, moment text)`);
  await db.execute(sql`
    create function refuse_unwritable() returns trigger language plpgsql as $$
    begin
      if exists (select 1 from unwritable u where u.user_id = new.user_id and u.moment = tg_argv[0]) then
        raise exception 'a row that cannot be';
      end if;
      return new;
    end $$`);
  await db.execute(sql`
    create trigger refuses_at_once before insert on registrations
    for each row execute function refuse_unwritable('at once')`);
  await db.execute(sql`
    create constraint trigger refuses_at_the_commit after insert on registrations
    deferrable initially deferred
    for each row execute function refuse_unwritable('at the commit')`);
}

type Asked = { person: TestUser; told?: Registered["registration"]; refused?: string };

/** A process that gives up on a lock soon, with its own arbiter. */
type Process = AsyncDisposable & {
  stage: Stage;
  database: Database;
  seats: SeatArbiter;
  event: TestEvent;
};

async function startProcess(stage: Stage, make: MakeArbiter): Promise<Process> {
  const database = createDatabase({
    url: stage.url,
    max: 2,
    applicationName: APPLICATION,
    timeouts: {
      lockMs: 400,
      ...{ acquireMs: 20_000, statementMs: 20_000, answerMs: 25_000 },
      ...{ idleInTransactionMs: 30_000, transactionMs: 30_000 },
    },
  });
  return {
    stage,
    database,
    seats: make({ context: { ...stage.ctx, db: database.primary } }),
    event: await stage.anEvent({ capacity: SEATS, waitlistMode: "automatic" }),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

function ask({ stage, seats, event }: Process, person: TestUser, isLate = false): Asked {
  const asked: Asked = { person };
  const ctx = {
    ...stage.as(actorOf(person)),
    seats,
    ...(isLate ? { deadline: deadlineIn(-1) } : {}),
  };
  register(ctx, { eventId: event.id }).then(
    ({ registration }) => {
      asked.told = registration;
    },
    (error) => {
      asked.refused = error instanceof DomainError ? error.reason : "INTERNAL";
    },
  );
  return asked;
}

const isAnswered = ({ told, refused }: Asked) => (told ?? refused) !== undefined;

/** Until all that was asked has had its turn: whoever is not answered then never will be. */
async function passTurns({ seats, event }: Process): Promise<void> {
  const ref = { organizationId: event.organizationId, eventId: event.id };
  for (let batch = 0; batch < BATCHES; batch += 1) {
    await nextTurn();
    await seats.inTurn(ref, NO_DEADLINE, async () => {});
  }
  await nextTurn();
}

type Rush = { bad: number[]; moment?: Moment };

/**
 * Everything that is wrong with a rush in which the rows of some people cannot be written, one has gone, one asks twice, and
 * some come while the first are being served.
 */
export async function faultsOfRush(
  stage: Stage,
  make: MakeArbiter,
  { bad, moment = "at once" }: Rush,
): Promise<string[]> {
  await using process = await startProcess(stage, make);
  const people = await stage.someMembers(PEOPLE);
  const ids = bad.map((index) => people[index]?.id);
  await stage.ctx.db.execute(sql`
    insert into unwritable select unnest(${sql.param(ids)}::uuid[]), ${moment}`);
  const { late, twice, first } = WHO;
  const all = people.slice(0, first).map((person, index) => ask(process, person, index === late));
  const again = people.slice(twice, twice + 1).map((person) => ask(process, person));
  await nextTurn();
  all.push(...people.slice(first).map((person) => ask(process, person)));
  await passTurns(process);
  return [
    ...all.flatMap((asked, index) => {
      if (!isAnswered(asked)) return [`${index} was never answered`];
      if (index === late) return tooLate(asked).map((fault) => `${index} ${fault}`);
      if (bad.includes(index) || asked.refused === undefined) return [];
      return [`${index} was refused: ${asked.refused}`];
    }),
    ...again.flatMap(({ told, refused = told?.status }) =>
      refused === "ALREADY_REGISTERED" ? [] : [`${twice} asked twice and was told ${refused}`],
    ),
    ...(await faultsOfRows(process, all)),
    ...(await unsound(process)),
    ...(bad.length === 0 ? await tooMany(process) : []),
  ];
}

/** Those who came first, and those who came while they were served. */
async function tooMany({ stage, event }: Process): Promise<string[]> {
  const [row] = await stage.ctx.db.execute<{ total: number }>(sql`
    select count(distinct xmin::text)::int as total from registrations where event_id = ${event.id}`);
  const { total = 0 } = row ?? {};
  return total <= 2 ? [] : [`${total} transactions for two batches`];
}

function tooLate({ told, refused }: Asked): string[] {
  return refused === "TIMEOUT" ? [] : [`came too late and was told ${told?.status ?? refused}`];
}

/** What people were told is what is written of them, and in the order in which they came. */
async function faultsOfRows({ stage, event }: Process, all: Asked[]): Promise<string[]> {
  const rows = await stage.ctx.db.execute<Row>(sql`
    select id, user_id, status, number from registrations where event_id = ${event.id}`);
  const faults = all.flatMap(({ told, person }, index) => {
    if (told === undefined) return [];
    const row = rows.find(({ id }) => id === told.id);
    if (row === undefined) return [`${index} was told ${told.status}, and nothing is written`];
    if (row.user_id !== person.id) return [`${index} was told of somebody else's registration`];
    const isSo = row.status === told.status && receiptNumber(row.number) === told.number;
    return isSo ? [] : [`${index} was told ${told.status} ${told.number}, and is ${row.status}`];
  });
  let highest = 0;
  for (const [index, { person }] of all.entries()) {
    const { number = highest } = rows.find(({ user_id }) => user_id === person.id) ?? {};
    if (number < highest) faults.push(`${index} came later and was served before`);
    highest = Math.max(highest, number);
  }
  return faults;
}

type Row = { id: string; user_id: string; status: string; number: number };

async function unsound({ stage, event }: Process): Promise<string[]> {
  try {
    await expectSound(stage.ctx, event);
    const { seq, rows } = await countSeats(stage.ctx, event);
    const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
    return seq === total ? [] : [`${seq} changes are counted, and ${total} are written`];
  } catch (error) {
    return [`the counters are not the rows: ${error}`];
  }
}

/** While another process holds the event nobody is told anything, and the batch asks again. */
export async function faultsUnderLock(stage: Stage, make: MakeArbiter): Promise<string[]> {
  await using process = await startProcess(stage, make);
  const { organizationId, id: eventId } = process.event;
  const person = await stage.aMember();
  const faults: string[] = [];
  const { asked } = await transaction(stage.ctx, async (tx) => {
    // The weakest lock that a claim must wait for: it lets pass what only points to the event.
    await tx.db.execute(sql`select 1 from events where id = ${eventId} for no key update`);
    const asked = ask(process, person);
    await nextTurn();
    let isOver = false;
    void process.seats.inTurn({ organizationId, eventId }, NO_DEADLINE, async () => {
      isOver = true;
    });
    const tries = new Set<string>();
    await vi.waitUntil(
      async () => {
        for (const since of await locksWaitedFor(stage)) tries.add(since);
        return tries.size > 1 || isOver || isAnswered(asked);
      },
      { timeout: 10_000, interval: 10 },
    );
    if (asked.told) faults.push("somebody was told while somebody else held the event");
    if (asked.refused) {
      faults.push(`somebody was refused as somebody else held the event: ${asked.refused}`);
    }
    return { asked };
  });
  await passTurns(process);
  if (!isAnswered(asked)) faults.push("somebody was never answered");
  return [...faults, ...(await faultsOfRows(process, [asked])), ...(await unsound(process))];
}

async function locksWaitedFor({ ctx }: Stage): Promise<string[]> {
  const rows = await ctx.db.execute<{ since: string }>(sql`
    select query_start::text as since from pg_stat_activity
    where datname = current_database() and application_name = ${APPLICATION}
      and wait_event_type = 'Lock'`);
  return rows.map(({ since }) => since);
}

/** Another change of the event that this process makes has its turn alone. */
export async function faultsInTurns(stage: Stage, make: MakeArbiter): Promise<string[]> {
  await using process = await startProcess(stage, make);
  const { organizationId, id: eventId } = process.event;
  const person = await stage.aMember();
  const turn = await process.seats.inTurn({ organizationId, eventId }, NO_DEADLINE, async () => {
    const asked = ask(process, person);
    await nextTurn();
    await nextTurn();
    const { used, pending } = process.database.state().primary;
    return { asked, hasBegun: used + pending > 0 };
  });
  await passTurns(process);
  return [
    ...(turn.hasBegun ? ["a batch began in somebody else's turn"] : []),
    ...(turn.asked.told ? [] : ["whoever waited for a turn has no seat"]),
  ];
}

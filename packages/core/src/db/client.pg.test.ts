import { setTimeout as wait } from "node:timers/promises";
import { DomainError } from "@tsudoi/shared/errors.ts";
import { createMetrics } from "@tsudoi/telemetry/metrics.ts";
import { sql } from "drizzle-orm";
import { boolean, integer, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runInCall } from "#core/platform/call.ts";
import { deadlineIn } from "#core/platform/deadline.ts";
import { contextOf } from "#test/backend-kills.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { createDatabase, type Database, type DatabaseOptions } from "./client.ts";
import { transaction } from "./transaction.ts";

const notes = pgTable("notes", {
  id: uuid().primaryKey().default(sql`uuidv7()`),
  writtenAt: timestamp({ withTimezone: true, precision: 3, mode: "date" }),
  readAt: timestamp({ withTimezone: true, precision: 3, mode: "string" }),
  stars: integer(),
  pinned: boolean(),
  tags: text().array(),
  details: jsonb(),
});

let server: TestDatabase;
let db: Database;
beforeAll(async () => {
  server = await createTestDatabase();
  db = open();
  await db.primary.execute(sql`
    create table notes (
      id uuid primary key default uuidv7(), written_at timestamptz(3), read_at timestamptz(3), stars integer,
      pinned boolean, tags text[], details jsonb
    )`);
});
afterAll(async () => {
  await db[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

describe("db/client values", () => {
  test("keeps instants to the millisecond, as dates and as the contract's texts", async () => {
    const texts = [
      "2026-11-20T09:00:00.001Z",
      "2026-12-31T23:59:59.990Z",
      "1969-12-31T15:00:00.000Z",
    ];
    for (const text of texts) {
      const note = { writtenAt: new Date(text), readAt: text };
      const [written] = await db.primary
        .insert(notes)
        .values(note)
        .returning({ writtenAt: notes.writtenAt, readAt: notes.readAt });
      expect(written).toEqual(note);
    }
  });

  test("keeps arrays and documents", async () => {
    const note = {
      tags: ["", "NULL", 'a "quoted" \\ one', "集い, 楽しい"],
      details: { on: [1, null] },
    };
    const [written] = await db.primary
      .insert(notes)
      .values(note)
      .returning({ tags: notes.tags, details: notes.details });
    expect(written).toEqual(note);
  });

  test("sends an array as one parameter of a raw statement", async () => {
    const ids = ["01990000-0000-7000-8000-000000000001", "01990000-0000-7000-8000-000000000002"];
    const times = [new Date("2026-11-20T09:00:00.500Z"), null];
    const rows = await db.primary.execute(sql`
      select id, pinned, stars, title, written_at
      from unnest(
        ${sql.param(ids)}::uuid[], ${sql.param([true, false])}::boolean[], ${sql.param([1, 2])}::int[],
        ${sql.param(['a,"b"', "{}"])}::text[], ${sql.param(times)}::timestamptz[]
      ) as note (id, pinned, stars, title, written_at)`);
    expect([...rows]).toEqual([
      {
        id: ids[0],
        pinned: true,
        stars: 1,
        title: 'a,"b"',
        written_at: "2026-11-20T09:00:00.500Z",
      },
      { id: ids[1], pinned: false, stars: 2, title: "{}", written_at: null },
    ]);
    const none = await db.primary.execute(sql`select 1 where 'a' = any(${sql.param([])}::text[])`);
    expect(none).toHaveLength(0);
  });

  test("gives the values of a raw statement as a person would write them", async () => {
    const [row] = await db.primary.execute(sql`
      select ${new Date(0)}::timestamptz as epoch, 'infinity'::timestamptz as never,
        date '2026-11-20' as day, array['a', null, 'NULL'] as texts, array[1, null] as numbers,
        ${sql.param({ a: 1 })}::jsonb as document, 12::bigint as big`);
    expect(row).toEqual({
      epoch: "1970-01-01T00:00:00.000Z",
      never: "infinity",
      day: "2026-11-20",
      texts: ["a", null, "NULL"],
      numbers: [1, null],
      document: { a: 1 },
      big: "12",
    });
  });
});

describe("db/client sessions", () => {
  test("opens every connection with its limits", async () => {
    const rows = await db.primary.execute<{ name: string; setting: string }>(sql`
      select name, setting from pg_settings
      where source = 'client' and (name like '%timeout' or name in ('TimeZone', 'application_name'))`);
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
      TimeZone: "UTC",
      application_name: "client-test",
      idle_in_transaction_session_timeout: "5000",
      lock_timeout: "1000",
      statement_timeout: "3000",
      transaction_timeout: "6000",
    });
  });

  test("names its statements, but not every statement there can be", async () => {
    await using one = open({ max: 1 });
    for (let number = 0; number < 520; number += 1) await one.primary.execute(unlike(number));
    const [row] = await one.primary.execute<{ count: number }>(
      sql`select count(*)::int as count from pg_prepared_statements where name <> ''`,
    );
    expect(row?.count).toBe(500);
  });

  test("refuses writes on the replica", async () => {
    await using both = open({ replicaUrl: server.url });
    const writing = both.primary.replica.insert(notes).values({ stars: 1 }).execute();
    await expect(refusalOf(writing)).resolves.toMatchObject({ reason: "OVERLOADED" });
    expect(both.primary.replica).toBe(both.replica);
    expect(db.primary.replica).toBe(db.primary);
  });

  test("leaves no session behind", async () => {
    const applicationName = "leaves-nothing";
    {
      await using short = open({ applicationName });
      await Promise.all([1, 2, 3].map(() => short.primary.execute(sql`select pg_sleep(0.01)`)));
    }
    const rows = await db.primary.execute(
      sql`select pid from pg_stat_activity where application_name = ${applicationName}`,
    );
    expect(rows).toHaveLength(0);
  });

  test("does not start with limits that contradict each other", () => {
    expect(() => open({ timeouts: { statementMs: 9_000 } })).toThrow("shorter than answerMs");
    expect(() => open({ timeouts: { statementMs: 0 } })).toThrow("shorter than answerMs");
  });
});

describe("db/client limits", () => {
  test("a statement that runs too long ends as TIMEOUT", async () => {
    await using quick = open({ timeouts: { statementMs: 30 } });
    const refusal = await refusalOf(quick.primary.execute(sql`select pg_sleep(5)`));
    expect(refusal.reason).toBe("TIMEOUT");
  });

  test("a lock held by someone else ends as OVERLOADED", async () => {
    await using quick = open({ timeouts: { lockMs: 30 } });
    await using _held = await holdLock(db);
    const waiting = quick.primary.execute(WAIT_FOR_LOCK);
    expect((await refusalOf(waiting)).reason).toBe("OVERLOADED");
  });

  test("a caller gets no connection for ever, but an answer", async () => {
    await using one = open({ max: 1, timeouts: { acquireMs: 30 } });
    await using _held = await holdLock(one);
    expect(one.state().primary).toEqual({ used: 1, idle: 0, pending: 0 });
    expect((await refusalOf(one.primary.execute(sql`select 1`))).reason).toBe("OVERLOADED");
  });

  test("nothing starts after the deadline", async () => {
    const call = { name: "events.list", requestId: "r", queries: 0, deadline: deadlineIn(0) };
    const refusal = await runInCall(call, () => refusalOf(db.primary.execute(sql`select 1`)));
    expect(refusal.reason).toBe("TIMEOUT");
    expect(call.queries).toBe(0);
  });

  test("quick statements do not queue behind a slow one", async () => {
    await using two = open({ max: 2, timeouts: { lockMs: 0 } });
    const held = await holdLock(db);
    const slow = two.primary.execute(WAIT_FOR_LOCK).then(() => "slow");
    const quick = Array.from({ length: 20 }, () => two.primary.execute(sql`select 1`));
    expect(await Promise.race([slow, Promise.all(quick)])).toHaveLength(20);
    await held[Symbol.asyncDispose]();
    expect(await slow).toBe("slow");
  });

  test("the driver alone lets quick statements queue behind a slow one", async () => {
    const driver = postgres(server.url, { max: 2 });
    await Promise.all([driver`select 1 as one`, driver`select 1 as one`]);
    const held = await holdLock(db);
    const slow = driver`select 1 as one from pg_advisory_xact_lock(1)`.then(() => "slow");
    const quick = Promise.all(Array.from({ length: 20 }, () => driver`select 1 as one`));
    const first = await Promise.race([slow, quick, wait(300, "stuck")]);
    await held[Symbol.asyncDispose]();
    await Promise.all([slow, quick]);
    await driver.end();
    expect(first).toBe("stuck");
  });
});

describe("db/client errors", () => {
  test("name the caller, but neither the statement nor its parameters", async () => {
    async function findSomeone() {
      await db.primary.execute(sql`select ${"someone@example.com"}::text from nowhere`);
    }
    const error = await findSomeone().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: "PostgresError", code: "42P01" });
    const text = `${String(error)} ${error instanceof Error ? error.stack : ""}`;
    expect(text).toContain("findSomeone");
    expect(text).not.toMatch(/someone@example.com|select/);
  });
});

describe("db/client telemetry", () => {
  test("counts statements under the call that sends them", async () => {
    const call = { name: "events.list", requestId: "r", queries: 0 };
    await runInCall(call, async () => {
      await db.primary.select({ id: notes.id }).from(notes);
      await Promise.all([1, 2].map(() => db.primary.execute(sql`select 1`)));
    });
    expect(call.queries).toBe(3);
  });

  test("measures statements by call and outcome, and connections", async () => {
    const metrics = createMetrics("api");
    await using measured = open({ metrics, max: 2, replicaUrl: server.url });
    const call = { name: "events.get", requestId: "r", queries: 0 };
    await runInCall(call, async () => await measured.primary.execute(sql`select 1`));
    await expect(measured.replica.execute(sql`select 1 / 0`)).rejects.toThrow();
    const lines = (await metrics.render()).body.split("\n");
    expect(lines).toEqual(
      expect.arrayContaining([
        'db_client_operation_duration_seconds_count{db="primary",query="events.get",outcome="ok"} 1',
        'db_client_operation_duration_seconds_count{db="replica",query="other",outcome="error"} 1',
        'db_client_connection_max{db="primary"} 2',
        'db_client_connections{db="primary",state="idle"} 2',
        'db_client_connections{db="primary",state="used"} 0',
        'db_client_connections_opened_total{db="primary"} 1',
        'db_client_connections_opened_total{db="replica"} 1',
      ]),
    );
  });
});

function open(overrides: Partial<DatabaseOptions> = {}): Database {
  return createDatabase({ url: server.url, max: 3, applicationName: "client-test", ...overrides });
}

/** A statement whose text differs for every number. */
function unlike(number: number) {
  const digits = Array.from(number.toString(2), (digit) => (digit === "1" ? sql`1` : sql`0`));
  return sql`select ${0}::int, ${sql.join(digits, sql`, `)}`;
}

const WAIT_FOR_LOCK = sql`select 1 as one from pg_advisory_xact_lock(1)`;

/** Takes lock 1, and with it one connection, until disposed of. */
async function holdLock(database: Database): Promise<AsyncDisposable> {
  const taken = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const holding = transaction(contextOf(database), async (tx) => {
    await tx.db.execute(WAIT_FOR_LOCK);
    taken.resolve();
    await release.promise;
  });
  await taken.promise;
  return {
    [Symbol.asyncDispose]: () => {
      release.resolve();
      return holding;
    },
  };
}

async function refusalOf(work: Promise<unknown>): Promise<DomainError> {
  const error = await work.then(
    () => new Error("It was not refused."),
    (reason: unknown) => reason,
  );
  if (error instanceof DomainError) return error;
  throw error;
}

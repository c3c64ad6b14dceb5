import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Sql } from "postgres";
import type { Person } from "#bench/people.ts";
import type { FixName } from "#bench/recommended/fixes.ts";
import { signBearer } from "#bench/reviewed/bearer.ts";
import { createBenchDatabase } from "#bench/stage/database.ts";
import type { Target } from "#bench/stage/meter.ts";
import { startServer } from "#bench/stage/server-process.ts";
import type { Stage } from "#bench/stage/stage.ts";
import type { Contender } from "./contender.ts";

type Variant = { title: string; main: string; schema: string[]; fix?: FixName };

const TABLES = "reviewed/schema.sql";
const INDEXES = "recommended/schema.sql";

export const REVIEWED: Variant = {
  title: "the design reviewed",
  main: "reviewed/main.ts",
  schema: [TABLES],
};

export const FIXED: Variant[] = [
  {
    title: "fix of review 000: insert where count < capacity",
    main: "recommended/main.ts",
    schema: [TABLES, INDEXES],
    fix: "insert-where-count",
  },
  {
    title: "fix of review 001: lock and count in one statement",
    main: "recommended/main.ts",
    schema: [TABLES, INDEXES],
    fix: "count-under-lock",
  },
  {
    title: "fix of review 002: counted by a trigger, checked",
    main: "recommended/main.ts",
    schema: [TABLES, INDEXES, "recommended/counter.sql"],
    fix: "counted-by-trigger",
  },
];

export type ExpressApps = AsyncDisposable & { contenders: Contender[] };

type Wanted = { name: string; people: Person[]; variants: Variant[] };

/** The reviewed design and the fixes that its reviews recommend, each on a database of its own. */
export async function startExpressApps(
  stage: Stage,
  { name, people, variants }: Wanted,
): Promise<ExpressApps> {
  await using parts = new AsyncDisposableStack();
  const jwtSecret = randomBytes(32).toString("base64url");
  const tokens = people.map(({ id }) => signBearer(id, jwtSecret));
  await stage.generator.introduce(name, tokens);
  const contenders: Contender[] = [];
  for (const { title, main, schema, fix } of variants) {
    const databaseName = `${name}_${fix ?? "reviewed"}`;
    const database = parts.use(await createBenchDatabase(stage.postgresUrl, databaseName));
    await prepare(database.sql, { schema, people });
    const env = {
      DATABASE_URL: database.url,
      SMTP_URL: stage.smtp.url,
      REDIS_URL: stage.redisUrl,
      JWT_SECRET: jwtSecret,
      ...(fix === undefined ? {} : { FIX: fix }),
    };
    const program = new URL(`../${main}`, import.meta.url);
    const server = parts.use(await startServer({ name: title, main: program, env }));
    contenders.push(toContender({ title, server, database, people: name }));
  }
  const owned = parts.move();
  return { contenders, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

async function prepare(
  sql: Sql,
  { schema, people }: { schema: string[]; people: Person[] },
): Promise<void> {
  for (const file of schema) {
    await sql.unsafe(await readFile(new URL(`../${file}`, import.meta.url), "utf8"));
  }
  await sql`
    insert into users (id, email, name)
    select id, email, name
    from unnest(
      ${people.map(({ id }) => id)}::uuid[],
      ${people.map(({ email }) => email)}::text[],
      ${people.map(({ name }) => name)}::text[]
    ) as person (id, email, name)`;
  await sql`vacuum analyze users`;
}

function toContender(app: Target & { title: string; people: string }): Contender {
  const { sql } = app.database;
  return {
    ...app,
    kind: "theirs",
    async openEvent(capacity) {
      await sql`truncate registrations`;
      const [eventId = ""] = await insertReviewedEvents(sql, { capacity, count: 1 });
      return eventId;
    },
    register: (eventId) => ({
      method: "POST",
      paths: ["/api/registrations"],
      body: JSON.stringify({ event_id: eventId }),
    }),
    async countSeats(eventId) {
      const [row] = await sql<{ seats: number }[]>`
        select count(*)::int as seats from registrations where event_id = ${eventId}`;
      return row?.seats ?? 0;
    },
  };
}

/** One starting every five minutes from next week on. */
export async function insertReviewedEvents(
  sql: Sql,
  events: { capacity: number; count: number },
): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    insert into events (title, start_datetime, end_datetime, capacity)
    select 'A sought-after seminar ' || n, start, start + interval '2 hours', ${events.capacity}
    from generate_series(1, ${events.count}) as n,
      lateral (select now() + interval '7 days' + n * interval '5 minutes' as start) as times
    order by n
    returning id`;
  await sql`analyze events`;
  return rows.map(({ id }) => id);
}

import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Sql } from "postgres";
import type { Person } from "#bench/people.ts";
import type { FixName } from "#bench/recommended/fixes.ts";
import { signBearer } from "#bench/reviewed/bearer.ts";
import { type BenchDatabase, createBenchDatabase } from "#bench/stage/database.ts";
import { type ServerProcess, startServer } from "#bench/stage/server-process.ts";
import type { Stage } from "#bench/stage/stage.ts";
import type { Contender } from "./contender.ts";

type Variant = { title: string; main: string; schema: string[]; fix?: FixName };

const TABLES = "reviewed/schema.sql";
const INDEXES = "recommended/schema.sql";

const VARIANTS: Variant[] = [
  { title: "the design reviewed", main: "reviewed/main.ts", schema: [TABLES] },
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

const PEOPLE = "express";

/** The reviewed design and the fix that each review recommends, each on a database of its own. */
export async function startExpressApps(stage: Stage, people: Person[]): Promise<ExpressApps> {
  await using parts = new AsyncDisposableStack();
  const jwtSecret = randomBytes(32).toString("base64url");
  const tokens = people.map(({ id }) => signBearer(id, jwtSecret));
  await stage.generator.introduce(PEOPLE, tokens);
  const contenders: Contender[] = [];
  for (const variant of VARIANTS) {
    const name = variant.fix?.replaceAll("-", "_") ?? "reviewed";
    const database = parts.use(await createBenchDatabase(stage.postgresUrl, name));
    await prepare(database.sql, { schema: variant.schema, people });
    const server = parts.use(
      await startServer({
        name: variant.title,
        main: new URL(`../${variant.main}`, import.meta.url),
        env: {
          DATABASE_URL: database.url,
          SMTP_URL: stage.smtp.url,
          REDIS_URL: stage.redisUrl,
          JWT_SECRET: jwtSecret,
          ...(variant.fix === undefined ? {} : { FIX: variant.fix }),
        },
      }),
    );
    contenders.push(toContender(variant.title, { server, database }));
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

function toContender(
  title: string,
  { server, database }: { server: ServerProcess; database: BenchDatabase },
): Contender {
  const { sql } = database;
  return {
    title,
    kind: "theirs",
    server,
    people: PEOPLE,
    database,
    async openEvent(capacity) {
      await sql`truncate registrations`;
      const [event] = await sql<{ id: string }[]>`
        insert into events (title, start_datetime, end_datetime, capacity)
        values ('A sought-after seminar', now() + interval '7 days', now() + interval '7 days 2 hours', ${capacity})
        returning id`;
      return event?.id ?? "";
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

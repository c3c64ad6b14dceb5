import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import postgres, { type Sql } from "postgres";

const FOLDER = new URL("../../migrations/", import.meta.url);
// "migrate" in ASCII: the one key in the database that every migrator locks.
const LOCK_KEY = 0x6d696772;
// A statement that waits for a table lock makes every later query on that table wait behind it.
const LOCK_TIMEOUT_MS = 2_000;
const MOST_TRIES = 30;
const PAUSE_MS = 500;
const LOCK_NOT_AVAILABLE = "55P03";
/** How a file begins whose one statement is run again, each time on its own, until it finds nothing more to do. */
const REPEATED = /^-- repeat\b/;

type Migration = { name: string; text: string; sha256: string };

/**
 * Brings the database to this version: each file is applied once and whole, or batch by batch where it says so,
 * whoever else does the same at that moment. Answers the names of what it applied.
 */
export async function migrate(
  url: string,
  onStep?: (name: string) => void,
  folder: URL = FOLDER,
): Promise<string[]> {
  const migrations = await readMigrations(folder);
  await using connection = connect(url);
  await prepareTable(connection.sql);
  refuseChanged(migrations, await listApplied(connection.sql));
  const done: string[] = [];
  for (const migration of migrations) {
    if (!(await applyPatiently(connection.sql, migration))) continue;
    done.push(migration.name);
    onStep?.(migration.name);
  }
  return done;
}

/** Names of the migrations that the database lacks, in order. */
export async function pendingMigrations(url: string, folder: URL = FOLDER): Promise<string[]> {
  const migrations = await readMigrations(folder);
  await using connection = connect(url);
  const [row] = await connection.sql<{ known: boolean }[]>`
    select to_regclass('public.migrations') is not null as known`;
  const applied = row?.known ? await listApplied(connection.sql) : new Map();
  return migrations.filter(({ name }) => !applied.has(name)).map(({ name }) => name);
}

/** A process of this version works on a database of this version or a newer one only. */
export async function refuseUnmigrated(url: string): Promise<void> {
  const missing = await pendingMigrations(url);
  if (missing.length === 0) return;
  throw new Error(
    `the database is not migrated: run "npm run migrate" (${missing.length} to apply)`,
  );
}

async function applyPatiently(sql: Sql, migration: Migration): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    try {
      const end = await apply(sql, migration);
      if (end !== "more to do") return end === "applied";
      tries = 0;
    } catch (error) {
      const { code, message } = error as Error & { code?: string };
      if (code !== LOCK_NOT_AVAILABLE) {
        throw new Error(`Migration ${migration.name} failed: ${message}`, { cause: error });
      }
      if (tries === MOST_TRIES) {
        const reason = "others hold locks on its tables; try again at a quieter time";
        throw new Error(`Migration ${migration.name} gave up: ${reason}.`, { cause: error });
      }
      await wait(PAUSE_MS);
    }
  }
}

type End = "applied" | "known" | "more to do";

function apply(sql: Sql, { name, text, sha256 }: Migration): Promise<End> {
  return sql.begin(async (tx) => {
    await tx.unsafe(`set local lock_timeout = ${LOCK_TIMEOUT_MS}`);
    await tx`select pg_advisory_xact_lock(${LOCK_KEY})`;
    const [applied] = await tx`select 1 from migrations where name = ${name}`;
    if (applied) return "known";
    const { count } = await tx.unsafe(text);
    if (REPEATED.test(text) && count > 0) return "more to do";
    await tx`insert into migrations (name, sha256) values (${name}, ${sha256})`;
    return "applied";
  });
}

async function prepareTable(sql: Sql): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${LOCK_KEY})`;
    await tx`
      create table if not exists migrations (
        name text primary key,
        sha256 text not null,
        applied_at timestamptz(3) not null default now()
      )`;
  });
}

async function listApplied(sql: Sql): Promise<Map<string, string>> {
  const rows = await sql<{ name: string; sha256: string }[]>`
    select name, sha256 from migrations order by name`;
  return new Map(rows.map(({ name, sha256 }) => [name, sha256]));
}

function refuseChanged(migrations: Migration[], applied: Map<string, string>): void {
  const changed = migrations.find(({ name, sha256 }) => (applied.get(name) ?? sha256) !== sha256);
  if (!changed) return;
  throw new Error(
    `Migration ${changed.name} was changed after it was applied: add a new file instead.`,
  );
}

async function readMigrations(folder: URL): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  return await Promise.all(
    names.map(async (file) => {
      const text = await readFile(new URL(file, folder), "utf8");
      const sha256 = createHash("sha256").update(text).digest("hex");
      return { name: file.replace(/\.sql$/, ""), text, sha256 };
    }),
  );
}

function connect(url: string): AsyncDisposable & { sql: Sql } {
  const sql = postgres(url, {
    max: 1,
    connect_timeout: 10,
    onnotice: () => {},
    connection: {
      application_name: "migrate",
      // The role's limits are for people who wait; a migration takes the time it takes.
      statement_timeout: 0,
      transaction_timeout: 0,
      idle_in_transaction_session_timeout: 0,
    },
  });
  return { sql, [Symbol.asyncDispose]: () => sql.end({ timeout: 5 }) };
}

import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import postgres, { type Sql, type TransactionSql } from "postgres";

const FOLDER = new URL("../../migrations/", import.meta.url);
// "migrate" in ASCII: the one key in the database that every migrator locks.
const LOCK_KEY = 0x6d696772;
// A statement that waits for a table lock makes every later query on that table wait behind it.
const LOCK_TIMEOUT_MS = 2_000;
// What is done concurrently waits for old transactions, and nobody waits behind it.
const ALONE_TIMEOUT_MS = 60_000;
const MOST_TRIES = 30;
const PAUSE_MS = 500;
/** Somebody holds a lock for too long, or waits for one of ours. */
const PASSING = ["55P03", "40P01"];
/** How a file begins whose one statement is run again, each time on its own, until it finds nothing more to do. */
const REPEATED = /^-- repeat\b/;
/** How a file begins whose statements are run one by one and in no transaction; any of them may be run again. */
const ALONE = /^-- alone\b/;
/** How a file begins that makes what older ones made, up to the one it names: whoever applied that has it. */
const REPLACED = /^-- replaces (\S+)/;
const BREAKPOINT = "--> statement-breakpoint";

type Migration = { name: string; text: string; sha256: string };

/**
 * Brings the database to this version: each file is applied once and whole, or in parts where it says so, by one
 * migrator at a time. Answers the names of what it applied.
 */
export async function migrate(
  url: string,
  onStep?: (name: string) => void,
  folder: URL = FOLDER,
): Promise<string[]> {
  const migrations = await readMigrations(folder);
  await using connection = connect(url);
  const { sql } = connection;
  await takeTurn(sql);
  await prepareTable(sql);
  const applied = await listApplied(sql);
  refuseChanged(migrations, applied);
  const missing = migrations.filter((migration) => isMissing(migration, applied));
  for (const migration of missing) {
    await applyPatiently(sql, migration);
    onStep?.(migration.name);
  }
  return missing.map(({ name }) => name);
}

/** Names of the migrations that the database lacks, in order. */
export async function pendingMigrations(url: string, folder: URL = FOLDER): Promise<string[]> {
  const migrations = await readMigrations(folder);
  await using connection = connect(url);
  const [row] = await connection.sql<{ known: boolean }[]>`
    select to_regclass('public.migrations') is not null as known`;
  const applied = row?.known ? await listApplied(connection.sql) : new Map();
  return migrations.filter((migration) => isMissing(migration, applied)).map(({ name }) => name);
}

/** A process of this version works on a database of this version or a newer one only. */
export async function refuseUnmigrated(url: string): Promise<void> {
  const missing = await pendingMigrations(url);
  if (missing.length === 0) return;
  throw new Error(
    `the database is not migrated: run "npm run migrate" (${missing.length} to apply)`,
  );
}

/** Held until the connection ends. Asked for again and again: an index is not built while somebody waits in a statement. */
async function takeTurn(sql: Sql): Promise<void> {
  for (;;) {
    const [row] = await sql<{ mine: boolean }[]>`select pg_try_advisory_lock(${LOCK_KEY}) as mine`;
    if (row?.mine) return;
    await wait(PAUSE_MS);
  }
}

async function applyPatiently(sql: Sql, migration: Migration): Promise<void> {
  const apply = ALONE.test(migration.text) ? applyAlone : applyWhole;
  for (let tries = 1; ; tries += 1) {
    try {
      if ((await apply(sql, migration)) === "applied") return;
      tries = 0;
    } catch (error) {
      const { code = "", message } = error as Error & { code?: string };
      if (!PASSING.includes(code)) {
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

type End = "applied" | "more to do";

function applyWhole(sql: Sql, migration: Migration): Promise<End> {
  return sql.begin(async (tx) => {
    await tx.unsafe(`set local lock_timeout = ${LOCK_TIMEOUT_MS}`);
    const { count } = await tx.unsafe(migration.text);
    if (REPEATED.test(migration.text) && count > 0) return "more to do";
    await record(tx, migration);
    return "applied";
  });
}

async function applyAlone(sql: Sql, migration: Migration): Promise<End> {
  await sql.unsafe(`set lock_timeout = ${ALONE_TIMEOUT_MS}`);
  for (const statement of migration.text.split(BREAKPOINT)) {
    await dropHalfBuilt(sql, statement);
    await sql.unsafe(statement);
  }
  await record(sql, migration);
  return "applied";
}

/** An index whose building was cut off has its name and is never used: "if not exists" would leave it so. */
async function dropHalfBuilt(sql: Sql, statement: string): Promise<void> {
  const invalid = await sql<{ name: string }[]>`
    select c.relname as name
    from pg_index i
    join pg_class c on c.oid = i.indexrelid
    where not i.indisvalid and c.relnamespace = 'public'::regnamespace`;
  for (const { name } of invalid) {
    if (new RegExp(`\\b${name}\\b`).test(statement)) {
      await sql`drop index concurrently if exists ${sql(name)}`;
    }
  }
}

async function record(sql: Sql | TransactionSql, { name, sha256 }: Migration): Promise<void> {
  await sql`insert into migrations (name, sha256) values (${name}, ${sha256})`;
}

async function prepareTable(sql: Sql): Promise<void> {
  await sql`
    create table if not exists migrations (
      name text primary key,
      sha256 text not null,
      applied_at timestamptz(3) not null default now()
    )`;
}

async function listApplied(sql: Sql): Promise<Map<string, string>> {
  const rows = await sql<{ name: string; sha256: string }[]>`
    select name, sha256 from migrations order by name`;
  return new Map(rows.map(({ name, sha256 }) => [name, sha256]));
}

function isMissing({ name, text }: Migration, applied: Map<string, string>): boolean {
  const replaced = REPLACED.exec(text)?.[1];
  return !applied.has(name) && (replaced === undefined || !applied.has(replaced));
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
    // The turn is the connection's: it is not exchanged for a younger one.
    max_lifetime: null,
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

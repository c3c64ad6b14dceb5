import { migrate, pendingMigrations } from "@tsudoi/core/db/migrate.ts";
import postgres, { type Sql } from "postgres";
import { Refusal } from "./refusal.ts";

export const DATABASE = "tsudoi";
/** The role that the first migration makes for the processes that serve people. */
const APP_ROLE = "tsudoi_app";
const CONNECT_SECONDS = 5;

export type Connection = AsyncDisposable & { sql: Sql };

/** One connection for one command; nothing here waits for ever. */
export function connect(url: string, options: { max?: number } = {}): Connection {
  const sql = postgres(url, {
    max: options.max ?? 1,
    connect_timeout: CONNECT_SECONDS,
    onnotice: () => {},
    connection: {
      application_name: "tsudoi-scripts",
      // Roles limit what people wait for; the operator waits for what was ordered.
      statement_timeout: 0,
      transaction_timeout: 0,
      idle_in_transaction_session_timeout: 0,
    },
  });
  return { sql, [Symbol.asyncDispose]: () => sql.end({ timeout: CONNECT_SECONDS }) };
}

/** Makes the embedded server's one database where absent. */
export async function ensureDatabase(adminUrl: string): Promise<void> {
  await using connection = connect(adminUrl);
  const { sql } = connection;
  const [found] = await sql`select 1 from pg_database where datname = ${DATABASE}`;
  if (found === undefined)
    await sql`create database ${sql(DATABASE)} encoding 'UTF8' template template0`;
}

/** Refuses a database that is not there, or that cannot hold every language. */
export async function refuseUnusable(url: string): Promise<void> {
  await using connection = connect(url);
  let encoding: string | undefined;
  try {
    const [row] = await connection.sql<{ server_encoding: string }[]>`show server_encoding`;
    encoding = row?.server_encoding;
  } catch (error) {
    const { hostname } = new URL(url);
    throw new Refusal(
      `DATABASE_URL: the database at ${hostname} cannot be used (${reasonOf(error)})`,
    );
  }
  if (encoding !== "UTF8") {
    throw new Refusal(
      `DATABASE_URL: the database's encoding is ${encoding}, and Tsudoi needs UTF8`,
    );
  }
}

/** Refuses a database that lacks migrations, with the command that applies them. */
export async function refuseUnmigrated(url: string): Promise<void> {
  const missing = await pendingMigrations(url);
  if (missing.length > 0) {
    throw new Refusal(
      `the database is not migrated (${missing.length} to apply): run "npm run migrate"`,
    );
  }
}

/** Brings the database to this version; a migration that fails says why in one line. */
export async function applyMigrations(
  url: string,
  onStep?: (name: string) => void,
): Promise<string[]> {
  return await migrate(url, onStep);
}

/** What the processes connect as: a role that reads and writes rows and defines nothing. */
export async function openAppRole(url: string, password: string): Promise<string> {
  await using connection = connect(url);
  const { sql } = connection;
  const [row] = await sql<{ statement: string }[]>`
    select format('alter role %I login password %L', ${APP_ROLE}::text, ${password}::text) as statement`;
  if (row === undefined) throw new Error("PostgreSQL did not answer");
  await sql.unsafe(row.statement);
  const appUrl = new URL(url);
  appUrl.username = APP_ROLE;
  appUrl.password = password;
  return appUrl.href;
}

export async function hasOrganization(url: string): Promise<boolean> {
  await using connection = connect(url);
  const [row] = await connection.sql<{ found: boolean }[]>`
    select exists (select 1 from organizations) as found`;
  return row?.found === true;
}

/** Whether the documented logins of the demo belong to somebody. */
export async function hasDemoLogins(url: string): Promise<boolean> {
  await using connection = connect(url);
  const [row] = await connection.sql<{ found: boolean }[]>`
    select exists (select 1 from users where email = 'attendee@demo.test') as found`;
  return row?.found === true;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? String(error.code) : "";
  return /^E[A-Z]+$|^CONNECT/.test(code) ? code : error.message;
}

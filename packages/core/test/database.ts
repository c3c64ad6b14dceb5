import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { inject } from "vitest";
// The types of what the global set-up provides.
import type {} from "./global-setup.ts";

export type TestDatabase = AsyncDisposable & { url: string };

/** A database of its own, migrated and empty, that goes away when disposed of. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { url, template } = inject("databaseServer");
  const name = `test_${randomBytes(6).toString("hex")}`;
  // Copying files is half the work of writing every page into the log.
  await execute(url, `create database ${name} template ${template} strategy file_copy`);
  const target = new URL(url);
  target.pathname = `/${name}`;
  return {
    url: target.href,
    [Symbol.asyncDispose]: () => execute(url, `drop database if exists ${name} with (force)`),
  };
}

async function execute(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql.unsafe(statement);
  await sql.end();
}

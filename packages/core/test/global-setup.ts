import { randomBytes } from "node:crypto";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { migrate } from "../src/db/migrate.ts";
import { testDatabaseUrl } from "./config.ts";
import { startPostgres } from "./services/postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A server on which every test makes databases of its own, and the one they are copied from. */
    databaseServer: { url: string; template: string };
  }
}

/** One PostgreSQL and one migrated template for the whole run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await using resources = new AsyncDisposableStack();
  const url = testDatabaseUrl ?? (await ownServer(resources));
  const template = `tsudoi_template_${randomBytes(4).toString("hex")}`;
  await makeTemplate(url, template);
  if (testDatabaseUrl) resources.defer(() => execute(url, `drop database if exists ${template}`));

  project.provide("databaseServer", { url, template });
  const kept = resources.move();
  return () => kept.disposeAsync();
}

async function ownServer(resources: AsyncDisposableStack): Promise<string> {
  const service = resources.use(await startPostgres({ durable: false }));
  return service.url("postgres");
}

async function makeTemplate(url: string, template: string): Promise<void> {
  await execute(url, `create database ${template} encoding 'UTF8' template template0`);
  const target = new URL(url);
  target.pathname = `/${template}`;
  await migrate(target.href);
}

async function execute(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql.unsafe(statement);
  await sql.end();
}

import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { expect, vi } from "vitest";
import type { Context, Db } from "#core/db/context.ts";
import { toParameter } from "#core/db/values.ts";

export type PlanNode = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Heap Fetches"?: number;
  "Shared Hit Blocks": number;
  "Shared Read Blocks": number;
  Plans?: PlanNode[];
};

type Statement = { text: string; parameters: unknown[] };

/**
 * How the database would run, and has run, each statement that `work` sends; `work` itself gets no rows.
 * A generic plan is the one that a prepared statement may come to: it knows no parameter.
 */
export async function explain(
  url: string,
  work: (db: Db) => Promise<unknown>,
  kind: "custom" | "generic" = "custom",
): Promise<PlanNode[][]> {
  const statements: Statement[] = [];
  await work(recorder(statements));
  const server = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await server.unsafe(`set plan_cache_mode = force_${kind}_plan`);
    const plans: PlanNode[][] = [];
    for (const [index, { text, parameters }] of statements.entries()) {
      const name = `statement_${index}`;
      const values = parameters.length === 0 ? "" : `(${parameters.map(toLiteral).join(", ")})`;
      await server.unsafe(`prepare ${name} as ${text}`);
      const [row] = await server.unsafe(
        `explain (analyze, buffers, format json) execute ${name}${values}`,
      );
      plans.push(flatten(row?.["QUERY PLAN"][0].Plan));
    }
    return plans;
  } finally {
    await server.end();
  }
}

/** Tables as a long life leaves them: counted for the planner, and nearly every page known to be visible to all. */
export async function vacuum(ctx: Context): Promise<void> {
  await vi.waitFor(
    async () => {
      // It trusts a commit only once that is written down, which the servers of tests put off.
      await ctx.db.execute(sql`select pg_logical_emit_message(false, 'test', '', true)`);
      await ctx.db.execute(sql`vacuum analyze`);
      const left = await ctx.db.execute(sql`
        select relname from pg_class
        where relkind = 'r' and relnamespace = 'public'::regnamespace
          and relallvisible < relpages * 0.9 - 1`);
      expect([...left]).toEqual([]);
    },
    { timeout: 20_000 },
  );
}

function toLiteral(parameter: unknown): string {
  const value = parameter instanceof Date ? parameter.toISOString() : toParameter(parameter);
  return value === null || value === undefined
    ? "null"
    : `'${String(value).replaceAll("'", "''")}'`;
}

/** A database that writes down what it is asked and finds nothing. */
function recorder(statements: Statement[]): Db {
  const client = {
    options: { parsers: {}, serializers: {} },
    unsafe(text: string, parameters: unknown[] = []) {
      statements.push({ text, parameters });
      const rows = Promise.resolve([]);
      return Object.assign(rows, { values: () => rows });
    },
  };
  const db = drizzle({ client: client as never, casing: "snake_case" });
  return Object.assign(db, { replica: db }) as unknown as Db;
}

function flatten(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}

/** Rows that were read from a table, also those that a filter then threw away. */
export function rowsRead(plan: PlanNode[], table: string): number {
  return plan
    .filter((node) => node["Relation Name"] === table)
    .map(
      (node) =>
        (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"],
    )
    .reduce((sum, rows) => sum + rows, 0);
}

/** Pages that the whole statement touched, in memory or not. */
export function pagesTouched([root]: PlanNode[]): number {
  return root === undefined ? 0 : root["Shared Hit Blocks"] + root["Shared Read Blocks"];
}

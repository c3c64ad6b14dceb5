import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { Db } from "#core/db/context.ts";

export type PlanNode = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  Plans?: PlanNode[];
};

type Statement = { text: string; parameters: unknown[] };

/** How the database would run, and has run, each statement that `work` sends; `work` itself gets no rows. */
export async function explain(
  url: string,
  work: (db: Db) => Promise<unknown>,
): Promise<PlanNode[][]> {
  const statements: Statement[] = [];
  await work(recorder(statements));
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const plans: PlanNode[][] = [];
    for (const { text, parameters } of statements) {
      const [row] = await sql.unsafe(
        `explain (analyze, format json) ${text}`,
        parameters as never[],
      );
      plans.push(flatten(row?.["QUERY PLAN"][0].Plan));
    }
    return plans;
  } finally {
    await sql.end();
  }
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

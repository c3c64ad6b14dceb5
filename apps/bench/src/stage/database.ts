import postgres, { type Sql } from "postgres";

export type BenchDatabase = AsyncDisposable & {
  url: string;
  sql: Sql;
  /** Statements that this database has executed so far, begin and commit included, these counts not. */
  countStatements: () => Promise<number>;
};

/** A new empty database on the server that everyone is measured on. */
export async function createBenchDatabase(adminUrl: string, name: string): Promise<BenchDatabase> {
  await using admin = connect(adminUrl);
  await admin.sql`create database ${admin.sql(name)} encoding 'UTF8' template template0`;
  const target = new URL(adminUrl);
  target.pathname = `/${name}`;
  const { sql, [Symbol.asyncDispose]: dispose } = connect(target.href);
  await sql`create extension pg_stat_statements`;
  return {
    url: target.href,
    sql,
    async countStatements() {
      const [row] = await sql<{ calls: number }[]>`
        select coalesce(sum(calls), 0)::float8 as calls from pg_stat_statements
        where dbid = (select oid from pg_database where datname = current_database())
          and query not like '%from pg_stat_statements%'`;
      return row?.calls ?? 0;
    },
    [Symbol.asyncDispose]: dispose,
  };
}

export function connect(url: string): AsyncDisposable & { sql: Sql } {
  const sql = postgres(url, {
    max: 1,
    onnotice: () => {},
    connection: { application_name: "bench" },
  });
  return { sql, [Symbol.asyncDispose]: () => sql.end({ timeout: 5 }) };
}

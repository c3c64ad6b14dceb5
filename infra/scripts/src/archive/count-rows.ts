import { connect } from "#scripts/database.ts";

/** How many rows each table of ours has. */
export async function countRows(url: string): Promise<Record<string, number>> {
  await using connection = connect(url);
  const { sql } = connection;
  const tables = await sql<{ schema: string; name: string }[]>`
    select schemaname as schema, tablename as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') order by schemaname, tablename`;
  const rows: Record<string, number> = {};
  for (const { schema, name } of tables) {
    const [row] = await sql<
      { count: number }[]
    >`select count(*)::int as count from ${sql(schema)}.${sql(name)}`;
    rows[`${schema}.${name}`] = row?.count ?? 0;
  }
  return rows;
}

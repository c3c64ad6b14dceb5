import { availableParallelism, cpus, loadavg } from "node:os";
import type { Sql } from "postgres";
import { median } from "#bench/statistics.ts";
import { connect } from "./database.ts";
import { startServer } from "./server-process.ts";
import type { Stage } from "./stage.ts";

const SETTINGS = ["fsync", "synchronous_commit", "full_page_writes", "wal_level"] as const;
const COMMITS = 50;

/** What figures depend on, as lines to stand above them. */
export async function describeMachine(stage: Stage): Promise<string[]> {
  await using connection = connect(stage.postgresUrl);
  const { sql } = connection;
  const settings = await readSettings(sql);
  const durability = SETTINGS.map((name) => `${name} ${settings.get(name)}`).join(", ");
  const ceiling = await measureGenerator(stage);
  return [
    `- ${availableParallelism()} cores (${cpus()[0]?.model.trim()}), Node ${process.version}, load average ${loadavg()[0]?.toFixed(1)}; server, database, Redis and load share them`,
    `- PostgreSQL ${settings.get("server_version")}: ${durability}; one commit after the other takes ${await measureCommit(sql)} ms (median)`,
    `- the load generator alone, against a server that only echoes: ${Math.round(ceiling).toLocaleString("en")} calls a second`,
  ];
}

async function readSettings(sql: Sql): Promise<Map<string, string>> {
  const rows = await sql<{ name: string; setting: string }[]>`
    select name, setting from pg_settings where name = any(${["server_version", ...SETTINGS]})`;
  return new Map(rows.map(({ name, setting }) => [name, setting]));
}

async function measureCommit(sql: Sql): Promise<string> {
  await sql`create table if not exists bench_commits (at timestamptz not null)`;
  const took: number[] = [];
  for (let commit = 0; commit < COMMITS; commit += 1) {
    const started = performance.now();
    await sql`insert into bench_commits (at) values (now())`;
    took.push(performance.now() - started);
  }
  await sql`drop table bench_commits`;
  return median(took).toFixed(2);
}

async function measureGenerator(stage: Stage): Promise<number> {
  const main = new URL("../load/bare-server.ts", import.meta.url);
  await using server = await startServer({ name: "the bare server", main, env: {} });
  const { latencies, seconds } = await stage.generator.run({
    port: server.port,
    lines: stage.settings.callers,
    pace: "closed",
    calls: 200_000,
    seconds: stage.settings.saturationSeconds,
    giveUpSeconds: 2 * stage.settings.saturationSeconds,
    method: "GET",
    paths: ["/"],
    people: "nobody",
  });
  return latencies.length / seconds;
}

import type { Round, RoundResult } from "#bench/load/round.ts";
import { cpuSecondsOf } from "./cpu.ts";
import { type BenchDatabase, connect } from "./database.ts";
import type { ServerProcess } from "./server-process.ts";
import type { Stage } from "./stage.ts";

/** Who is called. */
export type Target = { server: ServerProcess; database: BenchDatabase };

export type Metered = Omit<RoundResult, "cpu"> & {
  statements: number;
  /** Processor seconds that were used meanwhile. */
  cpu: { server: number; database: number; generator: number };
};

/** One round of load, and what it cost the server and its database. */
export async function runMetered(
  stage: Stage,
  target: Target,
  round: Omit<Round, "port">,
): Promise<Metered> {
  await checkpoint(stage);
  const before = await read(stage, target);
  const { cpu, ...result } = await stage.generator.run({ ...round, port: target.server.port });
  const after = await read(stage, target);
  return {
    ...result,
    statements: after.statements - before.statements,
    cpu: {
      server: after.server - before.server,
      database: after.database - before.database,
      generator: cpu,
    },
  };
}

async function read(stage: Stage, { database, server }: Target) {
  return {
    statements: await database.countStatements(),
    server: cpuSecondsOf(server.pid) ?? Number.NaN,
    database: cpuSecondsOf(stage.postgresPid) ?? Number.NaN,
  };
}

/** Nobody pays for the pages that whoever came before left to write. */
async function checkpoint(stage: Stage): Promise<void> {
  await using connection = connect(stage.postgresUrl);
  await connection.sql`checkpoint`;
}

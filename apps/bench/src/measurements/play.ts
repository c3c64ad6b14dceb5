import type { Contender } from "#bench/contenders/contender.ts";
import type { Round, RoundResult } from "#bench/load/round.ts";
import { cpuSecondsOf } from "#bench/stage/cpu.ts";
import { connect } from "#bench/stage/database.ts";
import type { Stage } from "#bench/stage/stage.ts";

/** What one contender did in one round, and what its database says about it. */
export type Played = Omit<RoundResult, "cpu"> & {
  /** Answers that said yes. */
  confirmed: number;
  /** Answers that said full. */
  refused: number;
  /** Calls with any other answer, or none. */
  failed: number;
  capacity: number;
  /** Rows in the database, whatever was answered. */
  seats: number;
  statements: number;
  /** Processor seconds that were used meanwhile. */
  cpu: { server: number; database: number; generator: number };
};

export type Rules = Pick<Round, "pace" | "calls" | "seconds" | "giveUpSeconds"> & {
  capacity: number;
};

const FULL = 409;

/** One round on an event that nobody has registered for. */
export async function play(stage: Stage, contender: Contender, rules: Rules): Promise<Played> {
  const { capacity, ...load } = rules;
  const eventId = await contender.openEvent(capacity);
  await checkpoint(stage);
  const before = await readMeters(stage, contender);
  const { cpu, ...result } = await stage.generator.run({
    ...load,
    ...contender.register(eventId),
    port: contender.server.port,
    lines: stage.settings.callers,
    people: contender.people,
  });
  const after = await readMeters(stage, contender);
  const seats = await contender.countSeats(eventId);
  stage.smtp.messages.length = 0;
  return {
    ...result,
    ...countAnswers(result),
    capacity,
    seats,
    statements: after.statements - before.statements,
    cpu: {
      server: after.server - before.server,
      database: after.database - before.database,
      generator: cpu,
    },
  };
}

function countAnswers({ statuses, latencies }: Pick<RoundResult, "statuses" | "latencies">) {
  let confirmed = 0;
  let refused = 0;
  for (const [status, count] of Object.entries(statuses)) {
    if (status.startsWith("2")) confirmed += count;
    if (Number(status) === FULL) refused += count;
  }
  return { confirmed, refused, failed: latencies.length - confirmed - refused };
}

async function readMeters(stage: Stage, { database, server }: Contender) {
  return {
    statements: await database.countStatements(),
    server: cpuSecondsOf(server.pid) ?? Number.NaN,
    database: cpuSecondsOf(stage.postgresPid) ?? Number.NaN,
  };
}

/** Nobody pays for the pages that the contender before left to write. */
async function checkpoint(stage: Stage): Promise<void> {
  await using connection = connect(stage.postgresUrl);
  await connection.sql`checkpoint`;
}

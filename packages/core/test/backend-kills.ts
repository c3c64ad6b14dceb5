import { setTimeout as wait } from "node:timers/promises";
import { createRandom } from "@tsudoi/shared/random.ts";
import { sql } from "drizzle-orm";
import { createDatabase, type Database } from "#core/db/client.ts";
import type { Context } from "#core/db/context.ts";
import { CommitUnknownError } from "#core/db/errors.ts";
import { transaction } from "#core/db/transaction.ts";
import { NO_DEADLINE } from "#core/platform/deadline.ts";

const VICTIM = "victim";
const CONNECTIONS = 4;
const MOVERS = 6;
const READERS = 2;

export type Outcome = "committed" | "failed" | "unknown";
export type KillReport = {
  kills: number;
  outcomes: Record<Outcome, number>;
  /** Everything that must never be: halves, lost acknowledgements, refusals that happened, leaks. */
  wrongs: string[];
};

/** Moves amounts from debit to credit, one transaction each, while backends are killed in the middle of it. */
export async function killDuringTransfers(
  url: string,
  { kills, seed }: { kills: number; seed: number },
): Promise<KillReport> {
  const random = createRandom(seed);
  await using admin = createDatabase({ url, max: 1, applicationName: "killer" });
  await using victim = createDatabase({ url, max: CONNECTIONS, applicationName: VICTIM });
  await createEntries(admin);
  const ended = new Map<number, Outcome>();
  let done = false;

  async function move(): Promise<void> {
    while (!done) {
      const transfer = ended.size;
      ended.set(transfer, "failed");
      ended.set(transfer, await outcomeOf(transferOnce(victim, transfer, random)));
    }
  }
  /** A connection that is opened again for someone else is what a torn transaction could continue on. */
  async function read(): Promise<void> {
    while (!done) await victim.primary.execute(sql`select 1`).catch(() => wait(1));
  }
  const load = [...times(MOVERS, move), ...times(READERS, read)];
  for (let count = 0; count < kills; count += 1) {
    await wait(random() * 40);
    await killOne(admin, random);
  }
  done = true;
  await Promise.all(load);
  return await report({ admin, victim, ended, kills });
}

/** The body of a transaction goes on after its connection died and was opened again for someone else. */
export async function continueAfterDeath(url: string): Promise<KillReport> {
  await using admin = createDatabase({ url, max: 1, applicationName: "killer" });
  await using victim = createDatabase({ url, max: 1, applicationName: VICTIM });
  await createEntries(admin);
  const resumed = Promise.withResolvers<void>();
  const body = Promise.withResolvers<void>();
  const outcome = outcomeOf(
    transaction(contextOf(victim), async ({ db }) => {
      await db.execute(sql`insert into entries (transfer, side) values (0, 'debit')`);
      await killOne(admin, Math.random);
      await resumed.promise;
      await db
        .execute(sql`insert into entries (transfer, side) values (0, 'credit')`)
        .finally(body.resolve);
    }),
  );
  const ended = new Map([[0, await outcome]]);
  await victim.primary.execute(sql`select 1`);
  resumed.resolve();
  await Promise.race([body.promise, wait(1_000)]);
  return await report({ admin, victim, ended, kills: 1 });
}

async function createEntries(admin: Database): Promise<void> {
  await admin.primary.execute(sql`drop table if exists entries`);
  await admin.primary.execute(
    sql`create table entries (transfer integer not null, side text not null)`,
  );
}

async function transferOnce(
  victim: Database,
  transfer: number,
  random: () => number,
): Promise<void> {
  await transaction(contextOf(victim), async ({ db }) => {
    await db.execute(sql`insert into entries (transfer, side) values (${transfer}, 'debit')`);
    if (random() < 0.5) await wait(random() * 8);
    else await db.execute(sql`select pg_sleep(${random() * 0.008}::float8)`);
    await db.execute(sql`insert into entries (transfer, side) values (${transfer}, 'credit')`);
  });
}

async function outcomeOf(work: Promise<unknown>): Promise<Outcome> {
  try {
    await work;
    return "committed";
  } catch (error) {
    return error instanceof CommitUnknownError ? "unknown" : "failed";
  }
}

async function killOne(admin: Database, random: () => number): Promise<void> {
  for (;;) {
    const [killed] = await admin.primary.execute(sql`
      select pg_terminate_backend(pid, 1000) from (
        select pid from pg_stat_activity
        where datname = current_database() and application_name = ${VICTIM}
          and xact_start is not null
        order by md5(pid::text || ${random()}::text)
        limit 1
      )`);
    if (killed) return;
  }
}

type Aftermath = {
  admin: Database;
  victim: Database;
  ended: Map<number, Outcome>;
  kills: number;
};

async function report({ admin, victim, ended, kills }: Aftermath): Promise<KillReport> {
  const { used, pending } = victim.state().primary;
  const wrongs =
    used + pending === 0 ? [] : [`${used} connections used, ${pending} callers waiting`];
  await Promise.all(times(CONNECTIONS * 2, () => victim.primary.execute(sql`select 1`)));
  const rows = await admin.primary.execute<{ transfer: number; sides: string }>(sql`
    select transfer, string_agg(side, '+' order by side desc) as sides
    from entries group by transfer`);
  const moved = new Map(rows.map(({ transfer, sides }) => [transfer, sides]));
  const outcomes = { committed: 0, failed: 0, unknown: 0 };
  for (const [transfer, outcome] of ended) {
    outcomes[outcome] += 1;
    const sides = moved.get(transfer) ?? "nothing";
    const whole = sides === "debit+credit";
    const right = {
      committed: whole,
      failed: !moved.has(transfer),
      unknown: whole || !moved.has(transfer),
    };
    if (!right[outcome]) wrongs.push(`transfer ${transfer} ${outcome} with ${sides}`);
  }
  return { kills, outcomes, wrongs };
}

/** The parts of a context that a transaction uses. */
export function contextOf(database: Database, deadline = NO_DEADLINE): Context {
  return { db: database.primary, deadline } as Context;
}

function times<Result>(count: number, work: () => Result): Result[] {
  return Array.from({ length: count }, work);
}

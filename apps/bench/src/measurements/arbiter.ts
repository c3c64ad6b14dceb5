import { randomBytes } from "node:crypto";
import { createDatabase, type Database } from "@tsudoi/core/db/client.ts";
import { createCache } from "@tsudoi/core/platform/cache.ts";
import { deadlineIn } from "@tsudoi/core/platform/deadline.ts";
import { createLogger } from "@tsudoi/core/platform/log.ts";
import { parseSecrets } from "@tsudoi/core/platform/secrets.ts";
import { createTokens } from "@tsudoi/core/platform/tokens.ts";
import { createArbiter } from "@tsudoi/core/registrations/arbiter.ts";
import { register } from "@tsudoi/core/registrations/register.ts";
import { DomainError } from "@tsudoi/shared/errors.ts";
import { startTsudoi, tsudoiContender } from "#bench/contenders/tsudoi.ts";
import { Ledger } from "#bench/load/ledger.ts";
import { makePeople } from "#bench/people.ts";
import type { Stage } from "#bench/stage/stage.ts";
import { median, percentile, sortedSamples, sum } from "#bench/statistics.ts";
import { toCount, toMs, toTable } from "#bench/table.ts";

type Score = { latencies: Float64Array; seconds: number; seats: number; capacity: number };
export type ArbiterScores = { title: string; rounds: Score[] }[];

const CONNECTIONS = 10;
const CALL_MS = 10_000;

/** The verb, the batches behind it and PostgreSQL, without HTTP: where the rest of a registration's time is not. */
export async function measureArbiter(stage: Stage): Promise<ArbiterScores> {
  const { settings } = stage;
  stage.say("arbiter: preparing a database and people");
  const people = makePeople(settings.people);
  await using tsudoi = await startTsudoi(stage, { name: "arbiter", people });
  await using database = createDatabase({
    url: tsudoi.database.url,
    max: CONNECTIONS,
    applicationName: "bench-arbiter",
  });
  const userIds = people.map(({ id }) => id);
  const trials = [
    { title: "a seat for everyone", capacity: settings.people, rounds: [] as Score[] },
    { title: "one seat: everybody else is told it is full", capacity: 1, rounds: [] as Score[] },
  ];
  const { openEvent, countSeats } = tsudoiContender(tsudoi);
  // The first round compiles and connects, and does not count.
  for (let round = 0; round <= settings.rounds; round += 1) {
    for (const { title, capacity, rounds } of trials) {
      const eventId = await openEvent(capacity);
      const ended = await rush(stage, { ...tsudoi, server: database, eventId, userIds });
      const score = { ...ended, seats: await countSeats(eventId), capacity };
      if (round > 0) rounds.push(score);
      stage.say(`arbiter ${round}/${settings.rounds}  ${title}: ${toCount(perSecond(score))}/s`);
    }
  }
  return trials;
}

type Rush = { organizationId: string; eventId: string; userIds: string[]; server: Database };

async function rush({ settings }: Stage, { organizationId, eventId, userIds, server }: Rush) {
  const shared = contextOn(server);
  const ledger = new Ledger({ pace: "closed", calls: userIds.length, forMs: CALL_MS });
  const started = performance.now();
  const now = () => performance.now() - started;
  const callAgain = async () => {
    while (ledger.isDue(now())) {
      const call = ledger.begin(now());
      const userId = userIds[call] ?? "";
      const actor = {
        kind: "user",
        organizationId,
        userId,
        role: "member",
        sessionId: userId,
      } as const;
      const ctx = { ...shared, actor, deadline: deadlineIn(CALL_MS) };
      const answered = await register(ctx, { eventId }).then(() => true, isSoldOut);
      ledger.settle(call, { at: now(), answered });
    }
  };
  await Promise.all(Array.from({ length: settings.crowd }, callAgain));
  return { latencies: ledger.latencies(), seconds: now() / 1_000 };
}

function contextOn(database: Database) {
  const log = createLogger({ app: "bench", level: "error" });
  const shared = {
    db: database.primary,
    now: () => new Date(),
    log,
    cache: createCache({ log }),
    tokens: createTokens(parseSecrets(randomBytes(32).toString("base64url"))),
  };
  return { ...shared, seats: createArbiter({ context: { ...shared, actor: { kind: "system" } } }) };
}

function isSoldOut(error: unknown): boolean {
  return error instanceof DomainError && error.reason === "SOLD_OUT";
}

function perSecond({ latencies, seconds }: Score): number {
  return latencies.filter(Number.isFinite).length / seconds;
}

export function reportArbiter(scores: ArbiterScores, { settings }: Stage): string {
  return [
    "## arbiter: the verb and PostgreSQL, without HTTP",
    "",
    `${toCount(settings.people)} people, ${toCount(settings.crowd)} at a time, one process; the middle of ${settings.rounds} rounds.`,
    "",
    toTable(
      ["event", "answers/s", "p50 ms", "p99 ms", "oversold"],
      scores.map(({ title, rounds }) => [
        title,
        toCount(median(rounds.map(perSecond))),
        ...[0.5, 0.99].map((share) =>
          toMs(percentile(sortedSamples(rounds.map(({ latencies }) => latencies)), share)),
        ),
        toCount(oversold(rounds)),
      ]),
    ),
  ].join("\n");
}

export function findArbiterFaults(scores: ArbiterScores): string[] {
  const count = sum(scores.map(({ rounds }) => oversold(rounds)));
  return count === 0 ? [] : [`${count} seats were sold twice`];
}

function oversold(rounds: Score[]): number {
  return sum(rounds.map(({ seats, capacity }) => Math.max(0, seats - capacity)));
}

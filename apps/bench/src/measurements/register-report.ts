import type { Settings } from "#bench/settings.ts";
import { percentile, sum } from "#bench/statistics.ts";
import { toCount, toMs, toRatio, toTable } from "#bench/table.ts";
import type { RegisterScores } from "./register.ts";
import {
  cpuPerCall,
  deniedOf,
  failedOf,
  latenciesOf,
  lostOf,
  oversoldOf,
  type Scorecard,
  statementsPerCall,
  throughputOf,
} from "./scorecard.ts";

/** The tables, ready for a document. */
export function reportRegister(scores: RegisterScores, settings: Settings): string {
  const { callers, rounds, rush, arrivalsPerSecond, arrivalSeconds } = settings;
  return [
    "## register: one event that everybody wants",
    "",
    `**Saturation.** ${callers} callers, each calls again once answered; a seat for everyone; the middle of ${rounds} rounds.`,
    "",
    saturationTable(scores.saturation),
    "",
    `The load generator used at most ${toCount(100 * busiestGenerator(scores))} % of a core.`,
    "",
    `**Steady arrivals.** ${arrivalsPerSecond} calls a second for ${arrivalSeconds} s, whoever has been answered; time runs from when a call was due.`,
    "",
    arrivalsTable(scores.arrivals),
    "",
    `**Rush.** ${toCount(rush.people)} people at once for ${rush.seats} seats, ${callers} of them at a time; ${rounds} rounds added up.`,
    "",
    rushTable(scores.rush),
  ].join("\n");
}

/** What must never happen to ours, a line each. */
export function findFaults(scores: RegisterScores): string[] {
  const ours = Object.values(scores)
    .flat()
    .filter(({ contender }) => contender.kind === "ours");
  const found = [
    { count: sum(ours.map(oversoldOf)), what: "seats were sold twice" },
    { count: sum(ours.map(lostOf)), what: "confirmed registrations are not in the database" },
    { count: sum(ours.map(deniedOf)), what: "seats stayed free while people were told it is full" },
  ];
  return found.filter(({ count }) => count > 0).map(({ count, what }) => `${count} ${what}`);
}

function saturationTable(scorecards: Scorecard[]): string {
  const [first, ceiling] = [scorecards.at(0), scorecards.at(-1)].map((scorecard) =>
    scorecard === undefined ? Number.NaN : throughputOf(scorecard),
  ) as [number, number];
  const head = ["design", "calls/s", "× reviewed", "of the no-op", "server µs/call"];
  return toTable(
    [...head, "database µs/call", "statements/call", "failed"],
    scorecards.map((scorecard) => [
      scorecard.contender.title,
      toCount(throughputOf(scorecard)),
      toRatio(throughputOf(scorecard) / first),
      `${toCount((100 * throughputOf(scorecard)) / ceiling)} %`,
      toCount(cpuPerCall(scorecard, "server")),
      toCount(cpuPerCall(scorecard, "database")),
      toRatio(statementsPerCall(scorecard)),
      toCount(failedOf(scorecard)),
    ]),
  );
}

function arrivalsTable(scorecards: Scorecard[]): string {
  return toTable(
    ["design", "p50 ms", "p95 ms", "p99 ms", "statements/call", "failed"],
    scorecards.map((scorecard) => [
      scorecard.contender.title,
      ...toPercentiles(scorecard, [0.5, 0.95, 0.99]),
      toRatio(statementsPerCall(scorecard)),
      toCount(failedOf(scorecard)),
    ]),
  );
}

function rushTable(scorecards: Scorecard[]): string {
  return toTable(
    ["design", "seats", "sold", "oversold", "denied while free", "failed", "p50 ms", "p99 ms"],
    scorecards.map((scorecard) => [
      scorecard.contender.title,
      toCount(sum(scorecard.rounds.map(({ capacity }) => capacity))),
      toCount(sum(scorecard.rounds.map(({ seats }) => seats))),
      toCount(oversoldOf(scorecard)),
      toCount(deniedOf(scorecard)),
      toCount(failedOf(scorecard)),
      ...toPercentiles(scorecard, [0.5, 0.99]),
    ]),
  );
}

function toPercentiles(scorecard: Scorecard, shares: number[]): string[] {
  const latencies = latenciesOf(scorecard);
  return shares.map((share) => toMs(percentile(latencies, share)));
}

function busiestGenerator(scores: RegisterScores): number {
  return Math.max(
    ...Object.values(scores)
      .flat()
      .flatMap(({ rounds }) => rounds.map(({ cpu }) => cpu.generator)),
  );
}

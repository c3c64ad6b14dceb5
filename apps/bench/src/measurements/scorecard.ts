import type { Contender } from "#bench/contenders/contender.ts";
import { median, sortedSamples, sum } from "#bench/statistics.ts";
import type { Played } from "./play.ts";

/** All rounds of one contender. */
export type Scorecard = { contender: Contender; rounds: Played[] };

/** Answers a second in the middle round. */
export function throughputOf({ rounds }: Scorecard): number {
  return median(
    rounds.map(({ latencies, failed, seconds }) => (latencies.length - failed) / seconds),
  );
}

function callsOf({ rounds }: Scorecard): number {
  return sum(rounds.map(({ latencies }) => latencies.length));
}

export function statementsPerCall(scorecard: Scorecard): number {
  return sum(scorecard.rounds.map(({ statements }) => statements)) / callsOf(scorecard);
}

/** What one call costs a processor, in microseconds: unlike time, nearly the same on a busy machine. */
export function cpuPerCall(scorecard: Scorecard, part: "server" | "database"): number {
  return (1e6 * sum(scorecard.rounds.map(({ cpu }) => cpu[part]))) / callsOf(scorecard);
}

export function latenciesOf({ rounds }: Scorecard): Float64Array {
  return sortedSamples(rounds.map(({ latencies }) => latencies));
}

export function failedOf({ rounds }: Scorecard): number {
  return sum(rounds.map(({ failed }) => failed));
}

/** Seats beyond what there were, in all rounds. */
export function oversoldOf({ rounds }: Scorecard): number {
  return sum(rounds.map(({ seats, capacity }) => Math.max(0, seats - capacity)));
}

/** Registrations that somebody was told of and that are not there. */
export function lostOf({ rounds }: Scorecard): number {
  return sum(rounds.map(({ confirmed, seats }) => Math.max(0, confirmed - seats)));
}

/** Seats that stayed free while somebody was told that there were none. */
export function deniedOf({ rounds }: Scorecard): number {
  return sum(
    rounds.map(({ capacity, seats, refused }) => Math.min(refused, Math.max(0, capacity - seats))),
  );
}

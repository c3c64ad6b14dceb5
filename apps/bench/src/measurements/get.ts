import { ceilingContender, insertEvents, startTsudoi } from "#bench/contenders/tsudoi.ts";
import type { Round } from "#bench/load/round.ts";
import { makePeople } from "#bench/people.ts";
import { type Metered, runMetered } from "#bench/stage/meter.ts";
import type { Stage } from "#bench/stage/stage.ts";
import { median, percentile, sortedSamples, sum } from "#bench/statistics.ts";
import { toCount, toMs, toRatio, toTable } from "#bench/table.ts";

type Reading = { title: string; paths: string[]; saturated: Metered[]; steady: Metered[] };

const GIVE_UP_SECONDS = 10;
const MOST_CALLS = 100_000;
const SEATS = 100;

/** One event's page: the same one for everybody, which stays in memory, against another one each time. */
export async function measureGet(stage: Stage): Promise<Reading[]> {
  const { settings } = stage;
  stage.say("get: preparing databases, people and servers");
  const people = makePeople(settings.people);
  await using tsudoi = await startTsudoi(stage, { name: "get", people });
  const count = settings.get.events;
  const eventIds = await insertEvents(tsudoi.database.sql, { ...tsudoi, capacity: SEATS, count });
  const pathOf = (eventId: string) =>
    `/trpc/events.get?input=${encodeURIComponent(JSON.stringify({ eventId }))}`;
  const reading = (title: string, paths: string[]): Reading => ({
    title,
    paths,
    saturated: [],
    steady: [],
  });
  const readings = [
    reading("another event each time", eventIds.map(pathOf)),
    reading("the same event", eventIds.slice(0, 1).map(pathOf)),
    reading("no-op (`system.info`)", ceilingContender(tsudoi).register("").paths),
  ];
  const rounds = loads(stage);
  const read = (load: Load, { paths }: Reading) =>
    runMetered(stage, tsudoi, { ...load, paths, method: "GET", people: tsudoi.people });
  // Everyone's token has been seen before anything counts.
  for (const one of readings.toReversed()) await read(rounds.warmUp, one);
  for (let round = 0; round < settings.arrivalRounds; round += 1) {
    for (const one of readings) {
      one.saturated.push(await read(rounds.saturated, one));
      // From the other end: what was read last is still in memory.
      const fresh = { ...one, paths: one.paths.toReversed() };
      one.steady.push(await read(rounds.steady, fresh));
      stage.say(`get ${round + 1}/${settings.arrivalRounds}  ${one.title}`);
    }
  }
  return readings;
}

type Load = Omit<Round, "port" | "method" | "paths" | "people">;

function loads({ settings }: Stage): Record<"warmUp" | "saturated" | "steady", Load> {
  const load = { lines: settings.callers, calls: MOST_CALLS, giveUpSeconds: GIVE_UP_SECONDS };
  const seconds = settings.saturationSeconds;
  return {
    warmUp: { ...load, pace: "closed", calls: settings.people, seconds: GIVE_UP_SECONDS },
    saturated: { ...load, pace: "closed", seconds },
    steady: { ...load, pace: settings.arrivalsPerSecond, seconds: settings.arrivalSeconds },
  };
}

export function reportGet(readings: Reading[], { settings }: Stage): string {
  const ceiling = readings.at(-1);
  return [
    "## get: one event's page",
    "",
    `Calls a second: ${settings.callers} callers, each calls again once answered, the middle of ${settings.arrivalRounds} rounds. Time: at ${settings.arrivalsPerSecond} calls a second, from when a call was due.`,
    "",
    toTable(
      [
        "read",
        "calls/s",
        "of the no-op",
        "p50 ms",
        "p95 ms",
        "statements/call",
        "server µs/call",
        "failed",
      ],
      readings.map((reading) => [
        reading.title,
        toCount(throughputOf(reading)),
        `${toCount((100 * throughputOf(reading)) / throughputOf(ceiling ?? reading))} %`,
        ...[0.5, 0.95].map((share) =>
          toMs(percentile(sortedSamples(reading.steady.map(({ latencies }) => latencies)), share)),
        ),
        toRatio(perCall(reading, ({ statements }) => statements)),
        toCount(perCall(reading, ({ cpu }) => 1e6 * cpu.server)),
        toCount(sum([...reading.saturated, ...reading.steady].map(failedOf))),
      ]),
    ),
  ].join("\n");
}

function throughputOf({ saturated }: Reading): number {
  return median(
    saturated.map((metered) => (metered.latencies.length - failedOf(metered)) / metered.seconds),
  );
}

function failedOf({ latencies, statuses }: Metered): number {
  return latencies.length - (statuses[200] ?? 0);
}

function perCall({ saturated }: Reading, pick: (metered: Metered) => number): number {
  return sum(saturated.map(pick)) / sum(saturated.map(({ latencies }) => latencies.length));
}

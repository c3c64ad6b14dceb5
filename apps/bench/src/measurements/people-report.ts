import type { Stage } from "#bench/stage/stage.ts";
import { median, percentile } from "#bench/statistics.ts";
import { toCount, toMs, toRatio, toTable } from "#bench/table.ts";
import type { PeopleReading, PeopleScores } from "./people.ts";

export function reportPeople(
  { readings, exports, raises }: PeopleScores,
  { settings }: Stage,
): string {
  const { people, rounds, giveUpSeconds } = settings.crowded;
  const titles = [...new Set(raises.map(({ title }) => title))];
  return [
    "## people: one event of very many",
    "",
    `${toCount(people)} people, half of them wait; one caller, pages of 50; after ${giveUpSeconds} s nobody waits any more.`,
    "",
    toTable(
      [
        "list",
        "p50 ms",
        "p95 ms",
        "statements/call",
        "KB/call",
        "server µs/call",
        "database µs/call",
      ],
      readings.map((reading) => [
        reading.title,
        ...[0.5, 0.95].map((share) =>
          toMs(percentile(reading.metered.latencies.toSorted(), share)),
        ),
        toRatio(perCall(reading, ({ statements }) => statements)),
        toRatio(perCall(reading, ({ bytes }) => bytes / 1_024)),
        toCount(perCall(reading, ({ cpu }) => 1e6 * cpu.server)),
        toCount(perCall(reading, ({ cpu }) => 1e6 * cpu.database)),
      ]),
    ),
    "",
    `As a file: first byte after ${toMs(median(exports.map(({ first }) => first)))} ms, last after ${toMs(median(exports.map(({ last }) => last)))} ms; the middle of ${rounds}.`,
    "",
    toTable(
      [`${toCount(Math.floor(people / 2))} seats more`, "answered ms", "all seated ms"],
      titles.map((title) => {
        const own = raises.filter((raise) => raise.title === title);
        return [
          title,
          toMs(median(own.map(({ answered }) => answered))),
          toMs(median(own.map(({ done }) => done))),
        ];
      }),
    ),
  ].join("\n");
}

function perCall({ metered }: PeopleReading, pick: (metered: PeopleReading["metered"]) => number) {
  return pick(metered) / metered.latencies.length;
}

/** Ours answered otherwise than with what was asked for. */
export function findPeopleFaults({ readings }: PeopleScores): string[] {
  return readings
    .slice(0, -1)
    .filter(({ metered }) => metered.statuses[200] !== metered.latencies.length)
    .map(({ title }) => `not every call was answered: ${title}`);
}

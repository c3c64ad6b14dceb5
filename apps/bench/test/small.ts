import type { Settings } from "#bench/settings.ts";

/** Enough to see that everything is there; nothing that says how fast it is. */
export const SMALL: Settings = {
  people: 200,
  callers: 100,
  crowd: 100,
  rounds: 1,
  saturationSeconds: 0.2,
  arrivalRounds: 1,
  arrivalsPerSecond: 100,
  arrivalSeconds: 0.2,
  rush: { people: 200, seats: 10 },
  list: { sizes: [50], registrations: 100, callers: 2, seconds: 0.2, giveUpSeconds: 10 },
  crowded: { people: 100, organizers: 2, calls: 3, giveUpSeconds: 10, rounds: 1 },
  get: { events: 5_000 },
  mailMs: 20,
  durable: false,
};

/** What every row of every table is about. */
export function rowsOf(report: string): string[] {
  return report
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) => line.split("|")[1]?.trim() ?? "")
    .filter((cell) => !/^(?:design|read|event|list|\d+ seats more|-+)$/.test(cell));
}

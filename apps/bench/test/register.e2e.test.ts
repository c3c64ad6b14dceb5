import { describe, expect, it } from "vitest";
import { measureRegister } from "#bench/measurements/register.ts";
import { findFaults, reportRegister } from "#bench/measurements/register-report.ts";
import { oversoldOf, type Scorecard } from "#bench/measurements/scorecard.ts";
import type { Settings } from "#bench/settings.ts";
import { openStage } from "#bench/stage/stage.ts";

const SMALL: Settings = {
  people: 200,
  callers: 100,
  rounds: 1,
  saturationSeconds: 0.2,
  arrivalRounds: 1,
  arrivalsPerSecond: 100,
  arrivalSeconds: 0.2,
  rush: { people: 200, seats: 10 },
  list: { sizes: [50], registrations: 100, callers: 2, seconds: 0.2, giveUpSeconds: 10 },
  get: { events: 50 },
  mailMs: 20,
  durable: false,
};

describe("bench register", () => {
  it("sells each seat once where the reviewed design sells it more often", async () => {
    await using stage = await openStage({ settings: SMALL, say: () => {} });
    const scores = await measureRegister(stage);
    const [reviewed] = scores.rush;
    const ours = scores.rush.at(-1);
    expect(oversoldOf(reviewed as Scorecard)).toBeGreaterThan(0);
    expect(ours?.rounds).toMatchObject([{ seats: 10, confirmed: 10, refused: 190, failed: 0 }]);
    expect(findFaults(scores)).toEqual([]);
    for (const { rounds } of [...scores.saturation, ...scores.arrivals]) {
      expect(rounds).toMatchObject([{ failed: 0 }]);
    }
    expect(rowsOf(reportRegister(scores, SMALL))).toEqual(
      [scores.saturation, scores.arrivals, scores.rush]
        .flat()
        .map(({ contender }) => contender.title),
    );
  });
});

/** What every row of every table is about. */
function rowsOf(report: string): string[] {
  return report
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) => line.split("|")[1]?.trim() ?? "")
    .filter((cell) => cell !== "design" && !/^-+$/.test(cell));
}

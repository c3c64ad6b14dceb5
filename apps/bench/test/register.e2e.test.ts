import { describe, expect, it } from "vitest";
import { measureRegister } from "#bench/measurements/register.ts";
import { findFaults, reportRegister } from "#bench/measurements/register-report.ts";
import { oversoldOf, type Scorecard } from "#bench/measurements/scorecard.ts";
import { openStage } from "#bench/stage/stage.ts";
import { rowsOf, SMALL } from "./small.ts";

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

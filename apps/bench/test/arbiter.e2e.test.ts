import { describe, expect, it } from "vitest";
import { findArbiterFaults, measureArbiter, reportArbiter } from "#bench/measurements/arbiter.ts";
import { openStage } from "#bench/stage/stage.ts";
import { rowsOf, SMALL } from "./small.ts";

describe("bench arbiter", () => {
  it("gives everyone a seat, or one of them, and answers all", async () => {
    await using stage = await openStage({ settings: SMALL, say: () => {} });
    const scores = await measureArbiter(stage);
    expect(scores.map(({ rounds }) => rounds.map(({ seats }) => seats))).toEqual([
      [SMALL.people],
      [1],
    ]);
    for (const { latencies } of scores.flatMap(({ rounds }) => rounds)) {
      expect(latencies.filter(Number.isFinite)).toHaveLength(SMALL.people);
    }
    expect(findArbiterFaults(scores)).toEqual([]);
    expect(rowsOf(reportArbiter(scores, stage))).toEqual(scores.map(({ title }) => title));
  });
});

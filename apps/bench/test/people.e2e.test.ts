import { describe, expect, it } from "vitest";
import { measurePeople } from "#bench/measurements/people.ts";
import { findPeopleFaults, reportPeople } from "#bench/measurements/people-report.ts";
import { openStage } from "#bench/stage/stage.ts";
import { rowsOf, SMALL } from "./small.ts";

describe("bench people", () => {
  it("counts the statements of each list, and waits until everybody has their seat", async () => {
    await using stage = await openStage({ settings: SMALL, say: () => {} });
    const scores = await measurePeople(stage);
    const { readings, exports, raises } = scores;
    const statements = readings.map(({ metered }) => metered.statements / metered.latencies.length);
    expect(statements.at(-1)).toBeGreaterThan(SMALL.crowded.people);
    // Who asks, the people, and the places of those who wait.
    for (const ours of statements.slice(0, -1)) expect(ours).toBeLessThanOrEqual(3);
    expect(findPeopleFaults(scores)).toEqual([]);
    expect(exports).toHaveLength(SMALL.crowded.rounds);
    expect(raises.every(({ answered, done }) => answered > 0 && done >= answered)).toBe(true);
    expect(rowsOf(reportPeople(scores, stage))).toEqual([
      ...readings.map(({ title }) => title),
      "Tsudoi, and a worker",
      "a transaction for each seat",
    ]);
    const lost = { ...readings[0]!, metered: { ...readings[0]!.metered, statuses: { 503: 3 } } };
    expect(findPeopleFaults({ ...scores, readings: [lost, ...readings.slice(1)] })).toHaveLength(1);
  });
});

import { describe, expect, it } from "vitest";
import { measureGet, reportGet } from "#bench/measurements/get.ts";
import { measureList, reportList } from "#bench/measurements/list.ts";
import { openStage } from "#bench/stage/stage.ts";
import { rowsOf, SMALL } from "./small.ts";

describe("bench list and get", () => {
  it("counts the statements of a page, of a list without pages, and of an event's page", async () => {
    await using stage = await openStage({ settings: SMALL, say: () => {} });
    const listings = await measureList(stage);
    const [reviewed, ours] = listings.map(({ metered }) => statementsPerCall(metered));
    expect(ours).toBe(1);
    expect(reviewed).toBeGreaterThan(SMALL.list.sizes[0] ?? 0);
    expect(rowsOf(reportList(listings, stage))).toEqual(listings.map(({ title }) => title));

    const readings = await measureGet(stage);
    const [another, same, noop] = readings.map(({ steady }) => steady.map(statementsPerCall)[0]);
    expect(another).toBe(2);
    expect(same).toBeLessThan(2);
    expect(noop).toBe(0);
    expect(rowsOf(reportGet(readings, stage))).toEqual(readings.map(({ title }) => title));
  });
});

function statementsPerCall(metered: { statements: number; latencies: Float64Array }): number {
  return metered.statements / metered.latencies.length;
}

import { describe, expect, it } from "vitest";
import type { RegisterScores } from "./register.ts";
import { findFaults } from "./register-report.ts";
import type { Scorecard } from "./scorecard.ts";

const HONEST = { capacity: 10, seats: 10, confirmed: 10, refused: 5, failed: 0 };

describe("findFaults", () => {
  it("is content with a rush that sells every seat once", () => {
    expect(findFaults(rushOf({}))).toEqual([]);
    expect(findFaults(rushOf({ seats: 9, confirmed: 9, refused: 0 }))).toEqual([]);
  });

  it("finds a seat sold twice, one lost, and one kept from people", () => {
    expect(findFaults(rushOf({ seats: 11, confirmed: 11 }))).toEqual(["1 seats were sold twice"]);
    expect(findFaults(rushOf({ confirmed: 12 }))).toEqual([
      "2 confirmed registrations are not in the database",
    ]);
    expect(findFaults(rushOf({ seats: 9, confirmed: 9 }))).toEqual([
      "1 seats stayed free while people were told it is full",
    ]);
  });

  it("says nothing of the others, who are measured as they are", () => {
    expect(findFaults(rushOf({ seats: 900 }, "theirs"))).toEqual([]);
  });
});

function rushOf(round: object, kind = "ours"): RegisterScores {
  const scorecard = { contender: { kind }, rounds: [{ ...HONEST, ...round }] };
  return { saturation: [], arrivals: [], rush: [scorecard as unknown as Scorecard] };
}

import { describe, expect, test } from "vitest";
import { JOBS } from "./catalog.ts";
import { retryPauseSeconds } from "./retry-pause.ts";

const HOUR_SECONDS = 3_600;

function pauses(attempts: number, chance: number): number[] {
  return Array.from({ length: attempts - 1 }, (_, attempt) => retryPauseSeconds(attempt, chance));
}

describe("jobs/retry-pause", () => {
  test("a mail outlives an outage of six hours, whatever chance says", () => {
    const { attempts } = JOBS["registrations.send-confirmation"];
    const total = pauses(attempts, 0).reduce((sum, pause) => sum + pause, 0);
    expect(total).toBeGreaterThanOrEqual(6 * HOUR_SECONDS);
  });

  test("a hiccup costs seconds, and no pause is longer than two hours", () => {
    expect(retryPauseSeconds(0, 1)).toBeLessThanOrEqual(10);
    for (const pause of pauses(50, 1)) expect(pause).toBeLessThanOrEqual(2 * HOUR_SECONDS);
  });

  test("pauses grow and never begin at once", () => {
    for (const chance of [0, 0.5, 1]) {
      const all = pauses(12, chance);
      expect(all).toEqual(all.toSorted((one, other) => one - other));
      expect(all[0]).toBeGreaterThanOrEqual(5);
    }
  });
});

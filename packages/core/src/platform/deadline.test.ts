import { describe, expect, test } from "vitest";
import { deadlineIn, isPast, NO_DEADLINE, refuseIfPast, remainingMs } from "./deadline.ts";

describe("platform/deadline", () => {
  test("leaves what is left, and never less than nothing", () => {
    expect(remainingMs(deadlineIn(60_000))).toBeGreaterThan(0);
    expect(remainingMs(deadlineIn(60_000))).toBeLessThanOrEqual(60_000);
    expect(remainingMs(deadlineIn(-1))).toBe(0);
    expect(remainingMs(NO_DEADLINE)).toBe(Number.POSITIVE_INFINITY);
  });

  test("refuses work that nobody waits for", () => {
    expect(isPast(deadlineIn(0))).toBe(true);
    expect(() => refuseIfPast(deadlineIn(0))).toThrow(
      expect.objectContaining({ reason: "TIMEOUT" }),
    );
    expect(() => refuseIfPast(deadlineIn(60_000))).not.toThrow();
    expect(() => refuseIfPast(NO_DEADLINE)).not.toThrow();
  });
});

import { DAY, HOUR, MINUTE, SECOND } from "@tsudoi/shared/time.ts";
import { describe, expect, test } from "vitest";
import { formatLeft, nextTick } from "./time-left.ts";

describe("time/time-left", () => {
  test.each([
    [3 * DAY + 5 * HOUR, "3 日 5 時間", "3 days 5 hours"],
    [DAY + 1, "1 日 1 時間", "1 day 1 hour"],
    [DAY, "1 日 0 時間", "1 day 0 hours"],
    [11 * HOUR + 59 * MINUTE, "11 時間 59 分", "11 hours 59 minutes"],
    [HOUR + 1, "1 時間 1 分", "1 hour 1 minute"],
    [HOUR, "1 時間 0 分", "1 hour 0 minutes"],
    [90 * SECOND - 1, "1 分 30 秒", "1 minute 30 seconds"],
    [1, "1 秒", "1 second"],
    [0, "0 秒", "0 seconds"],
    [-5, "0 秒", "0 seconds"],
  ])("%i ms", (left, ja, en) => {
    expect([formatLeft(left, "ja"), formatLeft(left, "en")]).toEqual([ja, en]);
  });

  test("it changes exactly when its next tick says so", () => {
    const end = 10 * DAY;
    for (const left of [
      1,
      999,
      SECOND,
      61 * SECOND,
      HOUR,
      HOUR + 1,
      5 * HOUR + 7,
      DAY + 3,
      9 * DAY,
    ]) {
      const now = end - left;
      const next = nextTick(end, now);
      expect(next).toBeGreaterThan(now);
      expect(formatLeft(end - next, "en")).not.toBe(formatLeft(left, "en"));
      expect(formatLeft(end - (next - 1), "en")).toBe(formatLeft(left, "en"));
    }
  });
});

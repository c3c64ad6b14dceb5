import { describe, expect, test } from "vitest";
import { instantAt, workday } from "./calendar.ts";

describe("instantAt", () => {
  test.each([
    ["2026-11-24T15:00", "Asia/Tokyo", "2026-11-24T06:00:00.000Z"],
    ["2026-11-24T00:30", "Asia/Tokyo", "2026-11-23T15:30:00.000Z"],
    ["2026-07-01T09:00", "Europe/Berlin", "2026-07-01T07:00:00.000Z"],
    ["2026-12-01T09:00", "Europe/Berlin", "2026-12-01T08:00:00.000Z"],
    ["2026-12-01T09:00", "UTC", "2026-12-01T09:00:00.000Z"],
  ])("%s in %s is %s", (local, zone, instant) => {
    expect(instantAt(local, zone).toISOString()).toBe(instant);
  });
});

describe("workday", () => {
  const friday = new Date("2026-11-20T10:00:00Z");

  test.each([
    [1, "2026-11-23"],
    [5, "2026-11-27"],
    [6, "2026-11-30"],
    [-1, "2026-11-19"],
    [-5, "2026-11-13"],
    [0, "2026-11-20"],
  ])("%i from a Friday is %s", (count, date) => {
    expect(workday(count, friday, "Asia/Tokyo")).toBe(date);
  });

  test("begins with the zone's own today", () => {
    const lateInTokyo = new Date("2026-11-24T16:00:00Z");
    expect(workday(1, lateInTokyo, "Asia/Tokyo")).toBe("2026-11-26");
    expect(workday(1, lateInTokyo, "Europe/Berlin")).toBe("2026-11-25");
  });
});

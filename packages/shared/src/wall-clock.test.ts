import { describe, expect, test } from "vitest";
import { atWallClock, wallClock } from "./wall-clock.ts";

const shown = (instant: string, zone: string) =>
  new Date(wallClock(Date.parse(instant), zone)).toISOString();
const instant = (wall: string, zone: string) =>
  new Date(atWallClock(Date.parse(wall), zone)).toISOString();

describe("shared/wall-clock", () => {
  test.each([
    ["2026-11-26T06:00:00.000Z", "Asia/Tokyo", "2026-11-26T15:00:00.000Z"],
    ["2026-03-29T00:59:59.999Z", "Europe/Berlin", "2026-03-29T01:59:59.999Z"],
    ["2026-03-29T01:00:00.000Z", "Europe/Berlin", "2026-03-29T03:00:00.000Z"],
    ["2026-11-01T05:30:00.000Z", "America/New_York", "2026-11-01T01:30:00.000Z"],
    ["2026-11-01T06:30:00.000Z", "America/New_York", "2026-11-01T01:30:00.000Z"],
    ["2026-06-01T00:00:00.000Z", "Asia/Kathmandu", "2026-06-01T05:45:00.000Z"],
    ["2026-06-01T00:00:00.000Z", "UTC", "2026-06-01T00:00:00.000Z"],
  ])("at %s the clocks of %s show %s", (time, zone, wall) => {
    expect(shown(time, zone)).toBe(wall);
  });

  test.each([
    ["2026-11-26T15:00:00.123Z", "Asia/Tokyo", "2026-11-26T06:00:00.123Z"],
    // Skipped: the clocks go from 02:00 to 03:00.
    ["2026-03-29T02:30:00.000Z", "Europe/Berlin", "2026-03-29T01:00:00.000Z"],
    ["2026-03-08T02:59:59.999Z", "America/New_York", "2026-03-08T07:00:00.000Z"],
    // Shown twice: the first time counts.
    ["2026-10-25T02:30:00.000Z", "Europe/Berlin", "2026-10-25T00:30:00.000Z"],
    ["2026-11-01T01:30:00.000Z", "America/New_York", "2026-11-01T05:30:00.000Z"],
  ])("%s on the clocks of %s is the instant %s", (wall, zone, time) => {
    expect(instant(wall, zone)).toBe(time);
  });

  test("there and back is the same, wherever no hour is shown twice", () => {
    for (const zone of ["Asia/Tokyo", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]) {
      for (let day = 0; day < 366; day += 1) {
        const noon = Date.UTC(2026, 0, 1 + day, 12, 34, 56, 789);
        expect(atWallClock(wallClock(noon, zone), zone)).toBe(noon);
      }
    }
  });
});

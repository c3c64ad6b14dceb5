import { describe, expect, test } from "vitest";
import {
  dayOf,
  dayParts,
  formatDate,
  formatMonth,
  formatSpan,
  formatTimes,
  sameClock,
  weekdayNames,
  zoneName,
} from "./format.ts";

const townHall = {
  startsAt: "2026-11-26T06:00:00.000Z",
  endsAt: "2026-11-26T08:00:00.000Z",
  timeZone: "Asia/Tokyo",
};

describe("a span", () => {
  test("in Japanese", () => {
    expect(formatSpan(townHall, "ja")).toBe("2026年11月26日(木) 15:00–17:00");
    expect(formatSpan(townHall, "ja", { year: false })).toBe("11月26日(木) 15:00–17:00");
  });

  test("in English", () => {
    expect(formatSpan(townHall, "en")).toBe("Thu 26 Nov 2026, 15:00 – 17:00");
  });

  test("as the reader's clock shows it", () => {
    expect(formatTimes(townHall, "en", "Europe/Berlin")).toBe("07:00 – 09:00");
    expect(formatTimes(townHall, "ja", "Europe/Berlin")).toBe("7:00–9:00");
  });

  test("over midnight names the second day", () => {
    const night = { ...townHall, endsAt: "2026-11-26T17:30:00.000Z" };
    expect(formatSpan(night, "en")).toBe("Thu 26 Nov 2026, 15:00 – Fri 27 Nov 02:30");
    expect(formatSpan(night, "ja")).toBe("2026年11月26日(木) 15:00 – 11月27日(金) 2:30");
  });

  test("at midnight is 0 o'clock, not 24", () => {
    const midnight = { ...townHall, startsAt: "2026-11-25T15:00:00.000Z" };
    expect(formatTimes(midnight, "en")).toBe("00:00 – 17:00");
  });
});

describe("a day", () => {
  test("is the zone's, not UTC's", () => {
    expect(dayOf("2026-11-25T15:00:00.000Z", "Asia/Tokyo")).toBe("2026-11-26");
    expect(dayOf("2026-11-25T15:00:00.000Z", "America/New_York")).toBe("2026-11-25");
  });

  test("in parts", () => {
    expect(dayParts(townHall.startsAt, "Asia/Tokyo", "ja")).toEqual({
      day: "26",
      month: "11月",
      weekday: "木曜",
      weekdayNumber: 4,
    });
    expect(dayParts(townHall.startsAt, "Asia/Tokyo", "en")).toEqual({
      day: "26",
      month: "Nov",
      weekday: "Thu",
      weekdayNumber: 4,
    });
  });

  test("in words", () => {
    const options = { timeZone: "Asia/Tokyo", year: false };
    expect(formatDate(townHall.startsAt, { ...options, locale: "ja" })).toBe("11月26日(木)");
    expect(formatDate(townHall.startsAt, { ...options, locale: "en" })).toBe("Thu 26 Nov");
  });
});

test("months and weekdays", () => {
  expect(formatMonth("2026-11", "ja")).toBe("2026年11月");
  expect(formatMonth("2026-11", "en")).toBe("November 2026");
  expect(weekdayNames("ja").map(({ short }) => short)).toEqual([..."日月火水木金土"]);
  expect(weekdayNames("en").map(({ short }) => short)).toEqual([
    "Su",
    "Mo",
    "Tu",
    "We",
    "Th",
    "Fr",
    "Sa",
  ]);
});

test("zones are the same when their clocks are", () => {
  const summer = "2026-07-01T00:00:00.000Z";
  const winter = "2026-12-01T00:00:00.000Z";
  expect(sameClock("Asia/Tokyo", "Asia/Seoul", winter)).toBe(true);
  expect(sameClock("Europe/London", "UTC", winter)).toBe(true);
  expect(sameClock("Europe/London", "UTC", summer)).toBe(false);
  expect(zoneName("Asia/Tokyo", winter, "ja")).toBe("日本標準時");
  expect(zoneName("Asia/Tokyo", winter, "en")).toBe("Japan Standard Time");
});

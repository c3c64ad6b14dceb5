import { describe, expect, test } from "vitest";
import * as dates from "./dates.ts";

const autumn = {
  startsAt: "2026-11-26T06:00:00Z",
  endsAt: "2026-11-26T08:00:00Z",
  timeZone: "Asia/Tokyo",
};

describe("shared/dates", () => {
  test("a span in each language", () => {
    expect(dates.formatSpan(autumn, "ja")).toBe("2026年11月26日(木) 15:00–17:00");
    expect(dates.formatSpan(autumn, "en")).toBe("Thu 26 Nov 2026, 15:00 – 17:00");
    expect(dates.formatSpan(autumn, "en", { year: false })).toBe("Thu 26 Nov, 15:00 – 17:00");
  });

  test("an hour before ten has one digit in Japanese and two in English", () => {
    const morning = "2026-11-26T00:05:00Z";
    expect(dates.formatTime(morning, "Asia/Tokyo", "ja")).toBe("9:05");
    expect(dates.formatTime(morning, "Asia/Tokyo", "en")).toBe("09:05");
    expect(dates.formatTime("2026-11-25T15:00:00Z", "Asia/Tokyo", "en")).toBe("00:00");
  });

  test("an end on another day carries its date, in the zone of the reader", () => {
    const night = { ...autumn, endsAt: "2026-11-26T16:00:00Z" };
    expect(dates.formatTimes(night, "en")).toBe("15:00 – Fri 27 Nov 01:00");
    expect(dates.formatTimes(night, "en", "UTC")).toBe("06:00 – 16:00");
    expect(dates.formatTimes(night, "ja")).toBe("15:00 – 11月27日(金) 1:00");
  });

  test.each([
    // The clocks go forward an hour on 29 March 2026 in Berlin, on 8 March in New York; Tokyo has no summer time.
    ["Europe/Berlin", "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z", "01:30 – 03:30"],
    ["Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "02:30 – 02:30"],
    ["America/New_York", "2026-03-08T06:30:00Z", "2026-03-08T07:30:00Z", "01:30 – 03:30"],
    ["Asia/Tokyo", "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z", "09:30 – 10:30"],
  ])("in %s the clock on the wall is shown", (...[timeZone, startsAt, endsAt, times]) => {
    expect(dates.formatTimes({ startsAt, endsAt, timeZone }, "en")).toBe(times);
  });

  test("the day depends on the zone", () => {
    expect(dates.dayOf("2026-12-31T15:00:00Z", "Asia/Tokyo")).toBe("2027-01-01");
    expect(dates.dayOf("2026-12-31T15:00:00Z", "UTC")).toBe("2026-12-31");
    expect(
      dates.dayParts("2026-11-24T00:00:00Z", { timeZone: "Asia/Tokyo", locale: "ja" }),
    ).toEqual({
      day: "24",
      month: "11月",
      year: "2026年",
      weekday: "火曜",
      weekdayNumber: 2,
    });
    expect(
      dates.dayParts("2026-11-24T00:00:00Z", { timeZone: "Asia/Tokyo", locale: "en" }),
    ).toEqual({
      day: "24",
      month: "Nov",
      year: "2026",
      weekday: "Tue",
      weekdayNumber: 2,
    });
  });

  test("a month, a zone", () => {
    expect(dates.formatMonth("2026-11", "ja")).toBe("2026年11月");
    expect(dates.formatMonth("2026-11", "en")).toBe("November 2026");
    expect(dates.zoneName("Asia/Tokyo", autumn.startsAt, "ja")).toBe("日本標準時");
    expect(dates.zoneName("Asia/Tokyo", autumn.startsAt, "en")).toBe("Japan Standard Time");
  });

  test.each([
    ["Asia/Tokyo", "2026-11-26T06:00:00Z", "GMT+9"],
    ["Europe/Berlin", "2026-11-26T06:00:00Z", "GMT+1"],
    ["Europe/Berlin", "2026-07-26T06:00:00Z", "GMT+2"],
    ["America/New_York", "2026-11-26T06:00:00Z", "GMT-5"],
    ["Asia/Kolkata", "2026-11-26T06:00:00Z", "GMT+5:30"],
  ])("%s at %s is %s", (zone, instant, offset) => {
    expect(dates.zoneOffset(zone, instant)).toBe(offset);
  });

  test("weekdays from Sunday in Japan, from Monday in Britain", () => {
    expect(dates.weekdayNames("ja").map((name) => name.short)).toEqual([
      "日",
      "月",
      "火",
      "水",
      "木",
      "金",
      "土",
    ]);
    expect(dates.weekdayNames("en").map((name) => name.short)).toEqual([
      "Mo",
      "Tu",
      "We",
      "Th",
      "Fr",
      "Sa",
      "Su",
    ]);
  });

  test("two names of one clock", () => {
    expect(dates.sameClock("Asia/Tokyo", "Asia/Seoul", autumn.startsAt)).toBe(true);
    expect(dates.sameClock("Europe/London", "UTC", "2026-01-01T00:00:00Z")).toBe(true);
    expect(dates.sameClock("Europe/London", "UTC", "2026-07-01T00:00:00Z")).toBe(false);
  });
});

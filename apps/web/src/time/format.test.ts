import { describe, expect, test } from "vitest";
import { datedTimes, formatMoment, readersTimes, timesUnderDay } from "./format.ts";

const now = Date.parse("2026-11-20T12:00:00.000Z");
const inZone = (timeZone: string) => ({ timeZone, now });
const [tokyo, berlin, newYork] = ["Asia/Tokyo", "Europe/Berlin", "America/New_York"].map(inZone);

const lunch = {
  startsAt: "2026-11-25T03:10:00.000Z",
  endsAt: "2026-11-25T03:50:00.000Z",
  timeZone: "Asia/Tokyo",
};

describe("an event in Tokyo", () => {
  test("on the reader's own clock has no zone and stands once", () => {
    expect(timesUnderDay(lunch, "en", tokyo)).toEqual({ own: "12:10 – 12:50" });
    expect(datedTimes(lunch, "en", tokyo)).toEqual({ own: "Wed 25 Nov, 12:10 – 12:50" });
    expect(readersTimes(lunch, "en", tokyo)).toBeUndefined();
  });

  test("on the same day, in Berlin, says whose time is whose", () => {
    const times = { own: "12:10 – 12:50 GMT+9", readers: "04:10 – 04:50" };
    expect(timesUnderDay(lunch, "en", berlin)).toEqual(times);
    expect(datedTimes(lunch, "ja", berlin)).toEqual({
      own: "11月25日(水) 12:10–12:50 GMT+9",
      readers: "4:10–4:50",
    });
    expect(readersTimes(lunch, "en", berlin)).toBe("04:10 – 04:50");
  });

  test("on the day before, in New York, says which day is whose", () => {
    expect(timesUnderDay(lunch, "en", newYork)).toEqual({
      own: "Wed 25 Nov, 12:10 – 12:50 GMT+9",
      readers: "22:10 – 22:50",
    });
    expect(datedTimes(lunch, "en", newYork)).toEqual({
      own: "Wed 25 Nov, 12:10 – 12:50 GMT+9",
      readers: "Tue 24 Nov, 22:10 – 22:50",
    });
    expect(readersTimes(lunch, "ja", newYork)).toBe("11月24日(火) 22:10–22:50");
  });
});

test("clocks that part during an event are two clocks", () => {
  const night = {
    startsAt: "2026-10-24T23:00:00.000Z",
    endsAt: "2026-10-25T02:00:00.000Z",
    timeZone: "Africa/Cairo",
  };
  expect(readersTimes(night, "en", inZone("Europe/Bucharest"))).toBe("02:00 – 04:00");
});

test("the year is said where it is not this one, by the clock that is shown", () => {
  const party = {
    startsAt: "2026-12-31T15:00:00.000Z",
    endsAt: "2026-12-31T16:00:00.000Z",
    timeZone: "Asia/Tokyo",
  };
  expect(datedTimes(party, "en", newYork)).toEqual({
    own: "Fri 1 Jan 2027, 00:00 – 01:00 GMT+9",
    readers: "Thu 31 Dec, 10:00 – 11:00",
  });
  expect(timesUnderDay(party, "ja", newYork).own).toBe("2027年1月1日(金) 0:00–1:00 GMT+9");
});

test("a moment names its zone on another clock only, and its year in another year only", () => {
  const there = { timeZone: "Asia/Tokyo", locale: "en" } as const;
  expect(formatMoment(lunch.startsAt, there, tokyo)).toBe("Wed 25 Nov, 12:10");
  expect(formatMoment(lunch.startsAt, there, newYork)).toBe("Wed 25 Nov, 12:10 GMT+9");
  expect(formatMoment("2027-01-05T03:00:00.000Z", there, tokyo)).toBe("Tue 5 Jan 2027, 12:00");
  const inBerlin = { timeZone: "Europe/Berlin", locale: "ja" } as const;
  expect(formatMoment(lunch.startsAt, inBerlin, tokyo)).toBe("11月25日(水) 4:10 GMT+1");
});

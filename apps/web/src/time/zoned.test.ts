import { describe, expect, test } from "vitest";
import { addDays, addMonths, asDay, instantOf, localOf } from "./zoned.ts";

describe("a local time as an instant", () => {
  test("in a zone without summer time", () => {
    expect(instantOf("2026-11-26T15:00", "Asia/Tokyo")).toBe("2026-11-26T06:00:00.000Z");
  });

  test("on both sides of a change of the clocks", () => {
    expect(instantOf("2026-10-25T01:30", "Europe/Berlin")).toBe("2026-10-24T23:30:00.000Z");
    expect(instantOf("2026-10-25T03:30", "Europe/Berlin")).toBe("2026-10-25T02:30:00.000Z");
    expect(instantOf("2026-03-29T01:30", "Europe/Berlin")).toBe("2026-03-29T00:30:00.000Z");
    expect(instantOf("2026-03-29T03:30", "Europe/Berlin")).toBe("2026-03-29T01:30:00.000Z");
  });

  test.each([
    ["2026-03-08T02:30", "America/New_York", "2026-03-08T07:00:00.000Z", "2026-03-08T03:00"],
    ["2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:00:00.000Z", "2026-03-29T03:00"],
    ["2026-09-06T00:00", "America/Santiago", "2026-09-06T04:00:00.000Z", "2026-09-06T01:00"],
    ["2026-10-04T02:10", "Australia/Lord_Howe", "2026-10-03T15:30:00.000Z", "2026-10-04T02:30"],
    ["2011-12-30T12:00", "Pacific/Apia", "2011-12-30T10:00:00.000Z", "2011-12-31T00:00"],
  ])("%s does not exist in %s: the clocks jump over it", (local, zone, ...[instant, shown]) => {
    expect(instantOf(local, zone)).toBe(instant);
    expect(localOf(instant, zone)).toBe(shown);
  });

  test.each([
    ["2026-11-01T01:30", "America/New_York", "2026-11-01T05:30:00.000Z"],
    ["2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30:00.000Z"],
    ["2026-04-04T23:30", "America/Santiago", "2026-04-05T02:30:00.000Z"],
  ])("%s is there twice in %s: the first counts", (local, zone, instant) => {
    expect(instantOf(local, zone)).toBe(instant);
  });

  test("with half-hour offsets and west of Greenwich", () => {
    expect(instantOf("2026-11-26T09:00", "Asia/Kolkata")).toBe("2026-11-26T03:30:00.000Z");
    expect(instantOf("2026-11-26T20:00", "America/New_York")).toBe("2026-11-27T01:00:00.000Z");
    expect(instantOf("2026-11-26T20:00", "UTC")).toBe("2026-11-26T20:00:00.000Z");
  });

  test("there and back", () => {
    for (const zone of ["Asia/Tokyo", "Europe/Berlin", "America/New_York", "UTC"]) {
      const instant = instantOf("2026-07-14T12:34", zone) ?? "";
      expect(localOf(instant, zone)).toBe("2026-07-14T12:34");
    }
  });

  test("is nothing where none is written", () => {
    expect(instantOf("T15:00", "Asia/Tokyo")).toBeUndefined();
    expect(instantOf("2026-11-26T", "Asia/Tokyo")).toBeUndefined();
  });
});

test("days and months go on over their ends", () => {
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  expect(addDays("2028-03-01", -1)).toBe("2028-02-29");
  expect(addMonths("2026-12", 1)).toBe("2027-01");
  expect(addMonths("2026-01", -1)).toBe("2025-12");
});

test("only a real day is a day", () => {
  expect(asDay("2026-02-28")).toBe("2026-02-28");
  expect(asDay("2026-02-30")).toBeUndefined();
  expect(asDay("2026-13-01")).toBeUndefined();
  expect(asDay("today")).toBeUndefined();
  expect(asDay(undefined)).toBeUndefined();
});

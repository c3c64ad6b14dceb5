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

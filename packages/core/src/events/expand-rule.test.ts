import { DomainError } from "@tsudoi/shared/errors.ts";
import { DAY } from "@tsudoi/shared/time.ts";
import { wallClock } from "@tsudoi/shared/wall-clock.ts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expandRule } from "./expand-rule.ts";

function starts(rrule: string, startsAt: string, timeZone = "Asia/Tokyo"): string[] {
  return expandRule(rrule, { startsAt: new Date(startsAt), timeZone }).map((at) =>
    at.toISOString(),
  );
}

function codeOf(rrule: string, startsAt = "2026-11-26T06:00:00.000Z"): string {
  try {
    starts(rrule, startsAt);
    return "no refusal";
  } catch (error) {
    if (error instanceof DomainError) return error.details.issues?.[0]?.code ?? "no issue";
    throw error;
  }
}

describe("events/expand-rule", () => {
  test("every week at the same hour", () => {
    expect(starts("FREQ=WEEKLY;COUNT=3", "2026-11-26T06:00:00.123Z")).toEqual([
      "2026-11-26T06:00:00.123Z",
      "2026-12-03T06:00:00.123Z",
      "2026-12-10T06:00:00.123Z",
    ]);
  });

  test.each([
    // 09:00 in Berlin before, on and after the night of the change.
    [
      "Europe/Berlin",
      "FREQ=WEEKLY;COUNT=3",
      ["2027-03-21T08:00", "2027-03-28T07:00", "2027-04-04T07:00"],
    ],
    [
      "America/New_York",
      "FREQ=WEEKLY;COUNT=3",
      ["2026-10-25T13:00", "2026-11-01T14:00", "2026-11-08T14:00"],
    ],
    // 02:30 is not there on 28 March: the event starts when the clocks jump.
    [
      "Europe/Berlin",
      "FREQ=DAILY;COUNT=3",
      ["2027-03-27T01:30", "2027-03-28T01:00", "2027-03-29T00:30"],
    ],
    // 01:30 is there twice on 1 November: the first counts.
    [
      "America/New_York",
      "FREQ=DAILY;COUNT=3",
      ["2026-10-31T05:30", "2026-11-01T05:30", "2026-11-02T06:30"],
    ],
    [
      "Asia/Tokyo",
      "FREQ=DAILY;COUNT=3",
      ["2027-03-27T01:30", "2027-03-28T01:30", "2027-03-29T01:30"],
    ],
  ])("in %s, %s keeps to the clocks", (zone, rrule, times) => {
    const expected = times.map((time) => `${time}:00.000Z`);
    expect(starts(rrule, expected[0] ?? "", zone)).toEqual(expected);
  });

  test.each([
    ["FREQ=MONTHLY;BYDAY=4TH;COUNT=3", ["2026-11-26", "2026-12-24", "2027-01-28"]],
    ["FREQ=MONTHLY;BYMONTHDAY=-5;COUNT=2", ["2026-11-26", "2026-12-27"]],
    ["FREQ=WEEKLY;INTERVAL=2;BYDAY=TH,FR;COUNT=3", ["2026-11-26", "2026-11-27", "2026-12-10"]],
    ["FREQ=YEARLY;COUNT=2", ["2026-11-26", "2027-11-26"]],
    ["FREQ=WEEKLY;UNTIL=20261210", ["2026-11-26", "2026-12-03", "2026-12-10"]],
    // 15:00 in Tokyo is 06:00 in UTC: the last one starts at that very instant, and is in.
    ["FREQ=WEEKLY;UNTIL=20261210T060000Z", ["2026-11-26", "2026-12-03", "2026-12-10"]],
    ["FREQ=WEEKLY;UNTIL=20261210T055959Z", ["2026-11-26", "2026-12-03"]],
  ])("%s", (rrule, days) => {
    expect(starts(rrule, "2026-11-26T06:00:00.000Z")).toEqual(
      days.map((day) => `${day}T06:00:00.000Z`),
    );
  });

  test.each([
    ["WEEKLY", "invalid"],
    ["FREQ=WEEKLY\nDTSTART:20200101T000000Z", "invalid"],
    ["FREQ=WEEKLY;FREQ=DAILY;COUNT=2", "invalid"],
    ["FREQ=HOURLY;COUNT=2", "invalid"],
    ["FREQ=WEEKLY;BYHOUR=3;COUNT=2", "invalid"],
    ["FREQ=WEEKLY;X-MINE=3;COUNT=2", "invalid"],
    ["FREQ=WEEKLY;COUNT=", "invalid"],
    ["FREQ=WEEKLY;COUNT=2;UNTIL=20270101", "invalid"],
    ["FREQ=WEEKLY;UNTIL=99999999T999999Z", "invalid"],
    ["FREQ=WEEKLY;UNTIL=SOON", "invalid"],
    ["FREQ=WEEKLY;BYDAY=XX;COUNT=2", "invalid"],
    ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "invalid"],
    ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "invalid"],
    ["FREQ=WEEKLY;BYDAY=MO;COUNT=3", "start"],
    ["FREQ=WEEKLY;COUNT=0", "start"],
    ["FREQ=WEEKLY", "too_many"],
    ["FREQ=DAILY;COUNT=101", "too_many"],
    ["FREQ=YEARLY", "too_long"],
    ["FREQ=WEEKLY;INTERVAL=1000;COUNT=2", "invalid"],
    ["FREQ=WEEKLY;INTERVAL=999;COUNT=2", "too_long"],
    ["FREQ=DAILY;COUNT=100", "no refusal"],
    ["FREQ=YEARLY;COUNT=3", "no refusal"],
  ])("%s: %s", (rrule, code) => {
    expect(codeOf(rrule)).toBe(code);
  });

  test.each(["0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"])(
    "a series around %s is refused or told, and breaks nothing",
    (startsAt) => {
      expect(typeof codeOf("FREQ=DAILY;COUNT=100", startsAt)).toBe("string");
    },
  );

  test("whatever the rule, it is bounded, rises, and keeps its hour", async () => {
    const part = fc.constantFrom(
      ...["INTERVAL=2", "BYDAY=MO,-1FR", "BYDAY=TH", "BYMONTHDAY=1,31,-1", "BYMONTH=2,11"],
      ...["BYSETPOS=1,-1", "WKST=SU", "UNTIL=20280101", "COUNT=7", "BYDAY=5MO", "BYMONTHDAY=30"],
    );
    const rules = fc
      .tuple(
        fc.constantFrom("DAILY", "WEEKLY", "MONTHLY", "YEARLY"),
        fc.uniqueArray(part, { maxLength: 4 }),
      )
      .map(([freq, parts]) => [`FREQ=${freq}`, ...parts].join(";"));
    const zone = fc.constantFrom("Asia/Tokyo", "Europe/Berlin", "America/New_York");
    await fc.assert(
      fc.property(rules, zone, (rrule, timeZone) => {
        const startsAt = new Date("2026-11-26T06:00:00.000Z");
        if (codeOf(rrule, startsAt.toISOString()) !== "no refusal") return;
        const found = expandRule(rrule, { startsAt, timeZone });
        const walls = found.map((at) => wallClock(at.getTime(), timeZone));
        expect(found.length).toBeLessThanOrEqual(100);
        expect(new Set(walls.map((wall) => wall % DAY)).size).toBe(1);
        expect(walls.every((wall, index) => index === 0 || wall > (walls[index - 1] ?? 0))).toBe(
          true,
        );
      }),
      { numRuns: 100 },
    );
  });
});

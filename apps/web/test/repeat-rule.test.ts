import { expandRule } from "@tsudoi/core/events/expand-rule.ts";
import { MAX_SERIES_EVENTS } from "@tsudoi/shared/event-series.ts";
import { describe, expect, test } from "vitest";
import { daysOf, NO_REPEAT, type RepeatDraft, ruleOf } from "#web/organize/repeat-rule.ts";
import { instantOf, localOf } from "#web/time/zoned.ts";

/** The days on which the API would make the events. */
function madeOn(first: string, draft: RepeatDraft, timeZone: string): string[] {
  const startsAt = new Date(instantOf(`${first}T18:00`, timeZone) ?? "");
  const starts = expandRule(ruleOf(draft) ?? "", { startsAt, timeZone });
  return starts.map((start) => localOf(start.toISOString(), timeZone).slice(0, 10));
}

describe.each(["Asia/Tokyo", "Europe/Berlin", "America/New_York"])("in %s", (timeZone) => {
  test.each<[string, Partial<RepeatDraft>]>([
    ["2026-11-26", { repeat: "weekly", count: "10" }],
    ["2026-12-30", { repeat: "fortnightly", count: "6" }],
    ["2026-01-31", { repeat: "monthly", count: "7" }],
    ["2027-11-30", { repeat: "monthly", count: "5" }],
    ["2026-03-20", { repeat: "weekly", ends: "until", until: "2026-11-06" }],
    ["2026-10-18", { repeat: "fortnightly", ends: "until", until: "2026-11-15" }],
    ["2026-05-29", { repeat: "monthly", ends: "until", until: "2027-05-28" }],
    ["2026-05-29", { repeat: "weekly", ends: "until", until: "2026-05-29" }],
    ["2026-05-29", { repeat: "weekly", count: String(MAX_SERIES_EVENTS) }],
  ])("the days shown from %s on are those of the series: %j", (first, given) => {
    const draft = { ...NO_REPEAT, ...given };
    const days = daysOf(first, draft);
    expect(days[0]).toBe(first);
    expect(days).toEqual(madeOn(first, draft, timeZone));
  });
});

test("without an end or a beginning there is nothing to show", () => {
  const weekly = { ...NO_REPEAT, repeat: "weekly" } as const;
  expect(daysOf("2026-11-26", NO_REPEAT)).toEqual([]);
  expect(ruleOf(NO_REPEAT)).toBeUndefined();
  expect(daysOf("", weekly)).toEqual([]);
  expect(daysOf("2026-11-26", { ...weekly, count: "" })).toEqual([]);
  expect(daysOf("2026-11-26", { ...weekly, ends: "until" })).toEqual([]);
  expect(daysOf("2026-11-26", { ...weekly, ends: "until", until: "2026-11-25" })).toEqual([]);
});

test("no list of days is without end", () => {
  const endless = { ...NO_REPEAT, repeat: "weekly", count: "999999" } as const;
  expect(daysOf("2026-11-26", endless)).toHaveLength(MAX_SERIES_EVENTS);
  const years = { ...NO_REPEAT, repeat: "monthly", count: "99" } as const;
  expect(daysOf("2026-11-26", years).at(-1)).toBe("2028-11-26");
});

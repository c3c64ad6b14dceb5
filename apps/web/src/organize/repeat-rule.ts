import { MAX_SERIES_EVENTS, MAX_SERIES_YEARS } from "@tsudoi/shared/event-series.ts";
import { addDays, addMonths, asDay } from "#web/time/zoned.ts";
import { numberOf } from "./typed-number.ts";

export const REPEATS = ["none", "weekly", "fortnightly", "monthly"] as const;
export type Repeat = (typeof REPEATS)[number];

/** How often an event is held, as it is typed. */
export type RepeatDraft = {
  repeat: Repeat;
  ends: "count" | "until";
  count: string;
  until: string;
};

export const NO_REPEAT: RepeatDraft = { repeat: "none", ends: "count", count: "10", until: "" };

const RULES = {
  weekly: "FREQ=WEEKLY",
  fortnightly: "FREQ=WEEKLY;INTERVAL=2",
  monthly: "FREQ=MONTHLY",
};

/** The rule as the API takes it; nothing where it does not repeat. */
export function ruleOf({ repeat, ends, count, until }: RepeatDraft): string | undefined {
  if (repeat === "none") return undefined;
  const end = ends === "count" ? `COUNT=${count.trim()}` : `UNTIL=${until.replaceAll("-", "")}`;
  return `${RULES[repeat]};${end}`;
}

/** The days of the series as far as they may go; none where its end is not written yet. */
export function daysOf(first: string, draft: RepeatDraft): string[] {
  const { repeat, ends, until } = draft;
  if (repeat === "none" || asDay(first) === undefined) return [];
  const count = ends === "count" ? numberOf(draft.count) : MAX_SERIES_EVENTS;
  const last = ends === "until" ? asDay(until) : lastDay(first);
  if (Number.isNaN(count) || last === undefined) return [];
  const days: string[] = [];
  const most = Math.min(count, MAX_SERIES_EVENTS);
  for (let step = 0; days.length < most; step += 1) {
    const day = dayAt(first, repeat, step);
    if (day !== undefined && day > last) break;
    if (day !== undefined) days.push(day);
  }
  return days;
}

/** A month that has no such day is passed over. */
function dayAt(first: string, repeat: Exclude<Repeat, "none">, step: number): string | undefined {
  if (repeat === "weekly") return addDays(first, 7 * step);
  if (repeat === "fortnightly") return addDays(first, 14 * step);
  const month = addMonths(first.slice(0, 7), step);
  return asDay(`${month}-${first.slice(8)}`);
}

function lastDay(first: string): string {
  return `${addMonths(first.slice(0, 7), 12 * MAX_SERIES_YEARS)}-${first.slice(8)}`;
}

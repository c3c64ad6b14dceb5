import ICAL from "ical.js";
import type { CalendarFacts } from "#core/calendars/calendar-entry.ts";

/** What a calendar entry is made of. */
export const someEntry: Extract<CalendarFacts, { attendee: object }> = {
  method: "REQUEST",
  registrationId: "01890000-0000-7000-8000-000000000001",
  sequence: 2,
  title: { ja: "秋の勉強会", en: "Autumn workshop" },
  startsAt: new Date("2026-11-26T06:00:00Z"),
  endsAt: new Date("2026-11-26T08:00:00Z"),
  stampedAt: new Date("2026-11-20T09:00:00Z"),
  place: "本社 12F; 会議室 A, B",
  url: "https://tsudoi.example.test/events/1",
  description: "持ち物:\nノート",
  organizer: { name: "Tsudoi", email: "tsudoi@example.test" },
  attendee: { name: "佐藤 花子", email: "hanako@example.test" },
  locale: "ja",
};

/** A calendar as another program reads it. */
export function readCalendar(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const entries = calendar.getAllSubcomponents("vevent").map((entry) => ({
    entry,
    event: new ICAL.Event(entry),
    value: (name: string) => entry.getFirstPropertyValue(name),
  }));
  return { calendar, entries, value: (name: string) => calendar.getFirstPropertyValue(name) };
}

/** A calendar with one entry in it. */
export function readEntry(text: string) {
  const { calendar, entries } = readCalendar(text);
  const [only] = entries;
  if (only === undefined || entries.length !== 1) throw new Error(`${entries.length} entries`);
  return { calendar, ...only };
}

type Kept = { sequence: number; stamp: number; method: string; summary: string; startsAt: Date };

/**
 * A calendar program that takes what comes by mail as RFC 5546 (2.1.4, 2.1.5) says: UID names the entry, the higher
 * SEQUENCE is the later version, and only between equal ones the later DTSTAMP. What is taken back stays known.
 */
export function aCalendarProgram() {
  const kept = new Map<string, Kept>();
  return {
    take(text: string) {
      const { calendar, event, value } = readEntry(text);
      const next: Kept = {
        sequence: event.sequence,
        stamp: Date.parse(`${value("dtstamp")}`),
        method: String(calendar.getFirstPropertyValue("method")),
        summary: event.summary,
        startsAt: event.startDate.toJSDate(),
      };
      const known = kept.get(event.uid);
      const isLater =
        known === undefined ||
        next.sequence > known.sequence ||
        (next.sequence === known.sequence && next.stamp > known.stamp);
      if (isLater) kept.set(event.uid, next);
    },
    /** What its owner sees. */
    shown: () =>
      [...kept.values()]
        .filter(({ method }) => method !== "CANCEL")
        .map(({ summary, startsAt }) => ({ summary, startsAt })),
  };
}

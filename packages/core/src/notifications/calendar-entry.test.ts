import * as fc from "fast-check";
import ICAL from "ical.js";
import { describe, expect, test } from "vitest";
import { type CalendarFacts, calendarEntry } from "./calendar-entry.ts";

const facts: CalendarFacts = {
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

/** As a calendar program reads it. */
function read(changes: Partial<CalendarFacts> = {}) {
  const text = calendarEntry({ ...facts, ...changes });
  const calendar = new ICAL.Component(ICAL.parse(text));
  const entries = calendar.getAllSubcomponents("vevent");
  const [entry] = entries;
  if (entry === undefined || entries.length !== 1) throw new Error(`${entries.length} entries`);
  const event = new ICAL.Event(entry);
  const value = (name: string) => entry.getFirstPropertyValue(name);
  return { text, calendar, entry, event, value };
}

describe("notifications/calendar-entry", () => {
  test("is a request that a calendar takes in", () => {
    const { calendar, entry, event, value } = read();
    expect(calendar.getFirstPropertyValue("version")).toBe("2.0");
    expect(calendar.getFirstPropertyValue("method")).toBe("REQUEST");
    expect({
      uid: event.uid,
      sequence: event.sequence,
      summary: event.summary,
      location: event.location,
      description: event.description,
      url: value("url"),
      status: value("status"),
      organizer: value("organizer"),
      attendees: event.attendees.map((attendee) => attendee.getFirstValue()),
      partstat: entry.getFirstProperty("attendee")?.getFirstParameter("partstat"),
    }).toEqual({
      uid: "01890000-0000-7000-8000-000000000001@tsudoi",
      sequence: 2,
      summary: "秋の勉強会",
      location: facts.place,
      description: facts.description,
      url: facts.url,
      status: "CONFIRMED",
      organizer: "mailto:tsudoi@example.test",
      attendees: ["MAILTO:hanako@example.test"],
      partstat: "ACCEPTED",
    });
  });

  test("one person's entry keeps its UID while its sequence rises, so that the later one replaces it", () => {
    const [first, moved] = [
      read({ sequence: 0 }),
      read({ sequence: 1, startsAt: new Date("2026-11-26T07:00:00Z") }),
    ];
    expect(moved.event.uid).toBe(first.event.uid);
    expect([first.event.sequence, moved.event.sequence]).toEqual([0, 1]);
    expect(read({ registrationId: "01890000-0000-7000-8000-000000000002" }).event.uid).not.toBe(
      first.event.uid,
    );
  });

  test("a missing translation is filled from the other language, a missing place is left out", () => {
    expect(read({ title: { ja: "", en: "Workshop" } }).event.summary).toBe("Workshop");
    expect(read({ place: null }).entry.hasProperty("location")).toBe(false);
  });

  test.each([
    ["Asia/Tokyo has no summer time", "2026-03-29T00:30:00Z", "2026-03-29T02:30:00Z"],
    ["Europe/Berlin goes forward", "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z"],
    ["Europe/Berlin goes back", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"],
    ["America/New_York goes forward", "2026-03-08T06:30:00Z", "2026-03-08T07:30:00Z"],
    ["America/New_York goes back", "2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z"],
    ["a year ends", "2026-12-31T14:59:59Z", "2026-12-31T15:00:00Z"],
  ])("instants are exact where %s", (_what, start, end) => {
    const { event } = read({ startsAt: new Date(start), endsAt: new Date(end) });
    expect([event.startDate.toJSDate(), event.endDate.toJSDate()]).toEqual([
      new Date(start),
      new Date(end),
    ]);
    expect([event.startDate.zone.tzid, event.endDate.zone.tzid]).toEqual(["UTC", "UTC"]);
  });

  test("no line is longer than 75 octets, and every line ends as the format says", () => {
    const { text } = read({
      description: "長い説明と emoji 👨‍👩‍👧 ".repeat(100),
      title: { ja: "題".repeat(200), en: "" },
    });
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    for (const line of text.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  });

  const sign = fc.constantFrom(
    ..."\r\n\t;:,\\\"'=^<>@ aZ集👨",
    "\r\nATTACH:",
    "\nEND:VEVENT",
    "\\n",
    "BEGIN:VALARM",
  );
  const hostile = fc.string({ unit: sign, minLength: 1, maxLength: 40 });

  test("whatever people write stays inside its field", async () => {
    const [plain] = [read()];
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (one, other) => {
        const { calendar, entry } = read({
          title: { ja: one, en: one },
          place: other,
          description: `${one}\n${other}`,
          attendee: { name: other, email: facts.attendee.email },
          organizer: { name: one, email: facts.organizer.email },
        });
        expect(entry.getAllProperties().map((property) => property.name)).toEqual(
          plain.entry.getAllProperties().map((property) => property.name),
        );
        expect(calendar.getAllSubcomponents()).toHaveLength(1);
        expect(entry.getAllSubcomponents()).toHaveLength(0);
        expect(entry.getFirstPropertyValue("attendee")).toBe("MAILTO:hanako@example.test");
        expect(entry.getFirstPropertyValue("organizer")).toBe("mailto:tsudoi@example.test");
      }),
      { numRuns: 300 },
    );
  });

  test("what people write comes back as they wrote it", async () => {
    const written = fc.string({
      unit: fc.constantFrom(..."\n;:,\\\"' aZ集👨"),
      minLength: 1,
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(written, async (text) => {
        const { event } = read({ title: { ja: text, en: text }, description: text });
        expect([event.summary, event.description]).toEqual([text, text]);
      }),
      { numRuns: 200 },
    );
  });
});

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readEntry, someEntry } from "#test/calendar.ts";
import { CALENDAR_METHODS, type CalendarFacts, calendarEntry } from "./calendar-entry.ts";

/** As a calendar program reads it. */
function read(changes: Partial<CalendarFacts> = {}) {
  const text = calendarEntry({ ...someEntry, ...changes });
  return { text, ...readEntry(text) };
}

describe("calendars/calendar-entry", () => {
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
      transp: value("transp"),
      organizer: value("organizer"),
      attendees: event.attendees.map((attendee) => attendee.getFirstValue()),
      partstat: entry.getFirstProperty("attendee")?.getFirstParameter("partstat"),
    }).toEqual({
      uid: "01890000-0000-7000-8000-000000000001@tsudoi",
      sequence: 2,
      summary: "秋の勉強会",
      location: someEntry.place,
      description: someEntry.description,
      url: someEntry.url,
      status: "CONFIRMED",
      transp: "OPAQUE",
      organizer: "mailto:tsudoi@example.test",
      attendees: ["MAILTO:hanako@example.test"],
      partstat: "ACCEPTED",
    });
  });

  test.each(CALENDAR_METHODS)("%s carries what RFC 5546 (3.2) asks of it", (method) => {
    const { calendar, entry, value } = read({ method });
    expect(calendar.getFirstPropertyValue("method")).toBe(method);
    for (const name of ["uid", "dtstamp", "dtstart", "summary", "organizer", "sequence"]) {
      expect({ name, count: entry.getAllProperties(name).length }).toEqual({ name, count: 1 });
    }
    expect(value("status")).toBe(method === "CANCEL" ? "CANCELLED" : "CONFIRMED");
    // Who is written to is named; in a file to keep, a program would ask them to answer.
    expect(entry.hasProperty("attendee")).toBe(method !== "PUBLISH");
  });

  test.each([
    ["confirmed", ["CONFIRMED", "OPAQUE", 2]],
    ["tentative", ["TENTATIVE", "TRANSPARENT", 2]],
    ["cancelled", ["CANCELLED", "TRANSPARENT", 3]],
  ] as const)("%s is told with the time it keeps and its version", (status, told) => {
    const { value, event } = read({ method: "PUBLISH", status });
    expect([value("status"), value("transp"), event.sequence]).toEqual(told);
  });

  test("a missing translation is filled from the other language, a missing place is left out", () => {
    expect(read({ title: { ja: "", en: "Workshop" } }).event.summary).toBe("Workshop");
    expect(read({ place: null }).entry.hasProperty("location")).toBe(false);
  });

  /** Whole characters only, none longer than the line has room for, and nothing else that ends a line. */
  function expectLines(text: string): void {
    expect(text.endsWith("END:VCALENDAR\r\n")).toBe(true);
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    const lines = text.split("\r\n");
    expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
    expect(lines.filter((line) => !line.isWellFormed())).toEqual([]);
  }

  test("no line is longer than 75 octets, and every line ends as the format says", () => {
    expectLines(
      read({
        description: "長い説明と emoji 👨‍👩‍👧 ".repeat(100),
        title: { ja: "題".repeat(200), en: "" },
      }).text,
    );
  });

  const sign = fc.constantFrom(
    ..."\r\n\t;:,\\\"'=^<>@ aZ集👨",
    "\r\nATTACH:",
    "\nEND:VEVENT",
    "\\n",
    "BEGIN:VALARM",
  );
  const hostile = fc.string({ unit: sign, minLength: 1, maxLength: 40 });
  const method = fc.constantFrom(...CALENDAR_METHODS);

  test("whatever people write stays inside its field", async () => {
    await fc.assert(
      fc.asyncProperty(hostile, hostile, method, async (one, other, sent) => {
        const { text, calendar, entry, value } = read({
          method: sent,
          title: { ja: one, en: one },
          place: other,
          description: `${one}\n${other}`,
          attendee: { name: other, email: someEntry.attendee.email },
          organizer: { name: one, email: someEntry.organizer.email },
        });
        expectLines(text);
        expect(entry.getAllProperties().map((property) => property.name)).toEqual(
          read({ method: sent })
            .entry.getAllProperties()
            .map((property) => property.name),
        );
        expect(calendar.getAllSubcomponents()).toHaveLength(1);
        expect(entry.getAllSubcomponents()).toHaveLength(0);
        expect(value("organizer")).toBe("mailto:tsudoi@example.test");
        if (sent !== "PUBLISH") expect(value("attendee")).toBe("MAILTO:hanako@example.test");
      }),
      { numRuns: 300 },
    );
  });

  test("what people write comes back as they wrote it", async () => {
    const written = fc.oneof(
      fc.string({
        unit: fc.constantFrom(..."\n;:,\\\"' aZ集👨"),
        minLength: 1,
        maxLength: 60,
      }),
      // Long enough to be folded, at every place a character can be cut.
      fc.string({
        unit: fc.constantFrom(..."aé集か\u3099👨👩", "👨‍👩‍👧", "🇯🇵"),
        minLength: 20,
        maxLength: 200,
      }),
    );
    await fc.assert(
      fc.asyncProperty(written, async (words) => {
        const { text, event } = read({
          title: { ja: words, en: words },
          place: words,
          description: words,
        });
        expectLines(text);
        expect([event.summary, event.location, event.description]).toEqual([words, words, words]);
      }),
      { numRuns: 300 },
    );
  });
});

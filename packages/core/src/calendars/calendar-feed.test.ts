import { REGISTRATION_STATUSES } from "@tsudoi/shared/registrations.ts";
import { LOCALES } from "@tsudoi/shared/text.ts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCalendar } from "#test/calendar.ts";
import { calendarFeed } from "./calendar-feed.ts";
import { type EntrySource, entryFacts } from "./entry-facts.ts";

const URL = "https://tsudoi.example.test";
const event: EntrySource["event"] = {
  id: "01890000-0000-7000-8000-00000000000d",
  status: "published",
  allocation: "first_come",
  title: { ja: "秋の勉強会", en: "Autumn workshop" },
  description: { ja: "", en: "" },
  startsAt: new Date("2026-10-25T00:30:00Z"),
  endsAt: new Date("2026-10-25T01:30:00Z"),
  timeZone: "Europe/Berlin",
  location: null,
  locationFor: "everyone" as const,
  onlineUrl: "https://meet.example.test/secret-room",
  calendarSequence: 1,
};
const source: EntrySource = {
  registrationId: "01890000-0000-7000-8000-00000000000c",
  status: "confirmed",
  updatedAt: new Date("2026-10-01T00:00:00Z"),
  event,
};
const reader = { locale: "ja", timeZone: "Asia/Tokyo" } as const;

describe("calendars/calendar-feed entries", () => {
  test("the event's own time is told where the reader lives elsewhere, and there only", () => {
    const told = (timeZone: string) => entryFacts(source, { ...reader, timeZone }, URL).description;
    expect(told("Asia/Tokyo")).toBe(
      "2026年10月25日(日) 2:30–2:30 (中央ヨーロッパ夏時間)\n\nhttps://meet.example.test/secret-room",
    );
    expect(told("Europe/Berlin")).toBe("https://meet.example.test/secret-room");
  });

  test("the way in is for confirmed people of an event that takes place", () => {
    for (const status of REGISTRATION_STATUSES) {
      for (const eventStatus of ["published", "closed", "cancelled", "archived"] as const) {
        const facts = entryFacts(
          { ...source, status, event: { ...event, status: eventStatus } },
          reader,
          URL,
        );
        expect({ status, eventStatus, shown: JSON.stringify(facts).includes("secret") }).toEqual({
          status,
          eventStatus,
          shown: status === "confirmed" && eventStatus !== "cancelled",
        });
      }
    }
  });
});

describe("calendars/calendar-feed", () => {
  const words = fc.string({
    unit: fc.constantFrom(..."\n;:,\\\"'=^<>@ aZé集👨", "END:VEVENT", "\r\nX-EVIL:1", "🇯🇵"),
    minLength: 1,
    maxLength: 80,
  });
  const registration = fc.record({
    status: fc.constantFrom("confirmed", "waitlisted", "pending", "offered" as const),
    title: words,
    description: words,
    location: fc.option(words),
    zone: fc.constantFrom("Asia/Tokyo", "Europe/Berlin", "America/New_York"),
    startsAt: fc.date({
      min: new Date("1970-01-01"),
      max: new Date("2100-01-01"),
      noInvalidDate: true,
    }),
  });

  test("whatever is in it, another library reads every entry, at its time, and nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(registration, { maxLength: 8 }),
        words,
        fc.constantFrom(...LOCALES),
        async (registrations, organization, locale) => {
          const sources = registrations.map(({ title, description, zone, ...rest }, index) => ({
            registrationId: `r-${index}`,
            status: rest.status,
            updatedAt: source.updatedAt,
            event: {
              ...event,
              title: { ja: title, en: title },
              description: { ja: description, en: description },
              location: rest.location,
              timeZone: zone,
              startsAt: rest.startsAt,
              endsAt: new Date(rest.startsAt.getTime() + 3_600_000),
            },
          }));
          const text = calendarFeed({
            locale,
            organizer: { name: organization, email: "tsudoi@example.test" },
            entries: sources.map((each) => entryFacts(each, { ...reader, locale }, URL)),
          });
          expect(text.split("\r\n").filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
          const { calendar, entries, value } = readCalendar(text);
          expect(calendar.getAllProperties().map(({ name }) => name)).toEqual([
            "version",
            "prodid",
            "method",
            "name",
            "x-wr-calname",
            "refresh-interval",
            "x-published-ttl",
          ]);
          expect(unescaped(value("x-wr-calname"))).toContain(organization.replace(/\r\n?/g, "\n"));
          expect(
            entries.map((entry) => [entry.event.uid, entry.event.startDate.toJSDate().getTime()]),
          ).toEqual(
            sources.map(({ registrationId, event: { startsAt } }) => [
              `${registrationId}@tsudoi`,
              Math.floor(startsAt.getTime() / 1_000) * 1_000,
            ]),
          );
          expect(calendar.getAllSubcomponents()).toHaveLength(sources.length);
        },
      ),
      { numRuns: 200 },
    );
  });
});

/** What is no property of the RFC, the library leaves as it is written. */
function unescaped(text: unknown): string {
  return String(text).replace(/\\([\\;,n])/g, (_, sign) => (sign === "n" ? "\n" : sign));
}

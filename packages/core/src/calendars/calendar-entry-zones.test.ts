import { formatTimes } from "@tsudoi/shared/dates.ts";
import { HOUR } from "@tsudoi/shared/time.ts";
import { describe, expect, test } from "vitest";
import { readEntry, someEntry } from "#test/calendar.ts";
import { calendarEntry } from "./calendar-entry.ts";

const FORWARD = { BERLIN: "2026-03-29", NEW_YORK: "2026-03-08" };
const BACK = { BERLIN: "2026-10-25", NEW_YORK: "2026-11-01" };

/** On which day, start and end as instants, and what a clock in the zone shows. */
type Day = { on: string; start: string; end: string; clock: string };
const DAYS: Record<string, Day[]> = {
  "Asia/Tokyo": [
    { on: FORWARD.BERLIN, start: "00:30", end: "02:30", clock: "09:30 – 11:30" },
    { on: BACK.BERLIN, start: "00:30", end: "02:30", clock: "09:30 – 11:30" },
  ],
  // 02:00 to 03:00 is not there in March, and there twice in October.
  "Europe/Berlin": [
    { on: FORWARD.BERLIN, start: "00:00", end: "00:30", clock: "01:00 – 01:30" },
    { on: FORWARD.BERLIN, start: "00:30", end: "01:30", clock: "01:30 – 03:30" },
    { on: FORWARD.BERLIN, start: "01:00", end: "02:00", clock: "03:00 – 04:00" },
    { on: BACK.BERLIN, start: "00:00", end: "00:30", clock: "02:00 – 02:30" },
    { on: BACK.BERLIN, start: "00:30", end: "01:30", clock: "02:30 – 02:30" },
    { on: BACK.BERLIN, start: "01:00", end: "01:45", clock: "02:00 – 02:45" },
    { on: BACK.BERLIN, start: "01:45", end: "02:30", clock: "02:45 – 03:30" },
  ],
  // 02:00 to 03:00 is not there in March, 01:00 to 02:00 is there twice in November.
  "America/New_York": [
    { on: FORWARD.NEW_YORK, start: "06:00", end: "06:30", clock: "01:00 – 01:30" },
    { on: FORWARD.NEW_YORK, start: "06:30", end: "07:30", clock: "01:30 – 03:30" },
    { on: FORWARD.NEW_YORK, start: "07:00", end: "08:00", clock: "03:00 – 04:00" },
    { on: BACK.NEW_YORK, start: "05:00", end: "05:30", clock: "01:00 – 01:30" },
    { on: BACK.NEW_YORK, start: "05:30", end: "06:30", clock: "01:30 – 01:30" },
    { on: BACK.NEW_YORK, start: "06:15", end: "06:45", clock: "01:15 – 01:45" },
  ],
};

function shown(text: string, timeZone: string) {
  const { event } = readEntry(text);
  const span = {
    startsAt: event.startDate.toJSDate().toISOString(),
    endsAt: event.endDate.toJSDate().toISOString(),
    timeZone,
  };
  return { from: span.startsAt, to: span.endsAt, clock: formatTimes(span, "en") };
}

describe("calendars/calendar-entry zones", () => {
  const days = Object.entries(DAYS).flatMap(([timeZone, rows]) =>
    rows.map((row) => ({ timeZone, ...row })),
  );
  test.each(days)("$timeZone $on $clock", ({ timeZone, on, start, end, clock }) => {
    const [startsAt, endsAt] = [new Date(`${on}T${start}Z`), new Date(`${on}T${end}Z`)];
    expect(shown(calendarEntry({ ...someEntry, startsAt, endsAt }), timeZone)).toEqual({
      from: startsAt.toISOString(),
      to: endsAt.toISOString(),
      clock,
    });
  });

  test("a local time with its zone has one spelling for two instants, and one of them is read wrong", () => {
    const read = ["00:00", "01:00"].map((start) => {
      const startsAt = new Date(`${BACK.BERLIN}T${start}Z`);
      const endsAt = new Date(startsAt.getTime() + HOUR / 2);
      const entry = calendarEntry({ ...someEntry, startsAt, endsAt })
        .replace(/DTSTART:\w+/, "DTSTART;TZID=Europe/Berlin:20261025T020000")
        .replace(/DTEND:\w+/, "DTEND;TZID=Europe/Berlin:20261025T023000")
        .replace("BEGIN:VEVENT", `${BERLIN}\r\nBEGIN:VEVENT`);
      const { from, clock } = shown(entry, "Europe/Berlin");
      return { clock, isRight: from === startsAt.toISOString() };
    });
    expect(read.map(({ clock }) => clock)).toEqual(["02:00 – 02:30", "02:00 – 02:30"]);
    expect(read.filter(({ isRight }) => isRight)).toHaveLength(1);
  });
});

const BERLIN = [
  "BEGIN:VTIMEZONE",
  "TZID:Europe/Berlin",
  "BEGIN:DAYLIGHT",
  "TZOFFSETFROM:+0100",
  "TZOFFSETTO:+0200",
  "DTSTART:19810329T020000",
  "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
  "END:DAYLIGHT",
  "BEGIN:STANDARD",
  "TZOFFSETFROM:+0200",
  "TZOFFSETTO:+0100",
  "DTSTART:19961027T030000",
  "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
  "END:STANDARD",
  "END:VTIMEZONE",
].join("\r\n");

import { HOUR } from "@tsudoi/shared/time.ts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aCalendarProgram, someEntry } from "#test/calendar.ts";
import { type CalendarFacts, calendarEntry } from "./calendar-entry.ts";

type Write = (facts: CalendarFacts) => string;
/** Changes in their order, the order their mails arrive in, and whose clock stamped each. */
type Course = { moves: number[]; cancelled: boolean; order: number[]; stamps: number[] };

const course: fc.Arbitrary<Course> = fc
  .record({
    moves: fc.array(fc.integer({ min: 1, max: 500 }), { maxLength: 4 }),
    cancelled: fc.boolean(),
  })
  .chain(({ moves, cancelled }) => {
    const mails = 1 + moves.length + (cancelled ? 1 : 0);
    const mail = Array.from({ length: mails }, (_, index) => index);
    return fc.record({
      moves: fc.constant(moves),
      cancelled: fc.constant(cancelled),
      order: fc.shuffledSubarray(mail, { minLength: mails }),
      stamps: fc.array(fc.integer({ min: -30, max: 30 }), { minLength: mails, maxLength: mails }),
    });
  });

/** The mails about one person's seat, from the first to the last. */
function mailsOf({ moves, cancelled, stamps }: Course): CalendarFacts[] {
  const startsAt = [0, ...moves].map((hours) => new Date(Date.UTC(2026, 10, 26) + hours * HOUR));
  const versions = startsAt.map((at, sequence) => ({
    ...someEntry,
    sequence,
    title: { ja: `第${sequence}版`, en: "" },
    startsAt: at,
    endsAt: new Date(at.getTime() + HOUR),
  }));
  const last = versions.slice(-1).map((version) => ({ ...version, method: "CANCEL" as const }));
  return [...versions, ...(cancelled ? last : [])].map((facts, index) => ({
    ...facts,
    stampedAt: new Date(someEntry.stampedAt.getTime() + (stamps[index] ?? 0) * 1_000),
  }));
}

/** The last change is what its owner sees, however their mails came in. */
function replaces(write: Write) {
  return fc.asyncProperty(course, async (given) => {
    const mails = mailsOf(given);
    const program = aCalendarProgram();
    for (const index of given.order) program.take(write(mails[index] ?? someEntry));
    const last = mails.at(-1) ?? someEntry;
    expect(program.shown()).toEqual(
      given.cancelled ? [] : [{ summary: last.title.ja, startsAt: last.startsAt }],
    );
  });
}

const sequenceOf = (text: string, to: (sequence: number) => number) =>
  text.replace(/SEQUENCE:(\d+)/, (_, sequence) => `SEQUENCE:${to(Number(sequence))}`);

const WRONG: [string, Write][] = [
  ["the same SEQUENCE for every version", (facts) => sequenceOf(calendarEntry(facts), () => 0)],
  [
    "a cancellation with the SEQUENCE of what it takes back",
    (facts) => sequenceOf(calendarEntry(facts), () => facts.sequence),
  ],
  [
    "another UID for another version",
    (facts) =>
      calendarEntry({ ...facts, registrationId: `${facts.registrationId}-${facts.sequence}` }),
  ],
  [
    "a cancellation under another UID",
    (facts) =>
      facts.method === "CANCEL"
        ? calendarEntry({ ...facts, registrationId: "cancelled" })
        : calendarEntry(facts),
  ],
  [
    "a cancellation that asks",
    (facts) => calendarEntry(facts).replace("METHOD:CANCEL", "METHOD:REQUEST"),
  ],
];

describe("calendars/calendar-entry updates", () => {
  test("an update replaces the entry and a cancellation takes it away, in whatever order they come", async () => {
    await fc.assert(replaces(calendarEntry), { numRuns: 200 });
  });

  test.each(WRONG)("%s is found out", async (_what, write) => {
    const { failed } = await fc.check(replaces(write), { numRuns: 200 });
    expect(failed).toBe(true);
  });

  test("two people's entries, and two registrations of one person, never meet", () => {
    const program = aCalendarProgram();
    program.take(calendarEntry({ ...someEntry, sequence: 5 }));
    program.take(calendarEntry({ ...someEntry, sequence: 0, registrationId: "another" }));
    program.take(
      calendarEntry({ ...someEntry, sequence: 0, registrationId: "another", method: "CANCEL" }),
    );
    expect(program.shown()).toEqual([{ summary: "秋の勉強会", startsAt: someEntry.startsAt }]);
  });
});

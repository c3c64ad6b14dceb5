import { checkAnswers } from "@tsudoi/shared/answers.ts";
import { checkQuestions } from "@tsudoi/shared/questions.ts";
import { createRandom } from "@tsudoi/shared/random.ts";
import { DAY } from "@tsudoi/shared/time.ts";
import { describe, expect, test } from "vitest";
import { CONTESTED_EVENTS } from "./contested-events.ts";
import { DEPARTMENTS } from "./organization.ts";
import { PAST_EVENTS } from "./past-events.ts";
import { listPeople } from "./people.ts";
import { planEvent } from "./plan-event.ts";
import { UPCOMING_EVENTS } from "./upcoming-events.ts";

const NOW = new Date("2026-11-20T10:00:00Z");
const EVENTS = [...PAST_EVENTS, ...UPCOMING_EVENTS, ...CONTESTED_EVENTS];
const PEOPLE = listPeople();

describe.each(EVENTS.map((event) => [event.title.ja, event] as const))("%s", (_title, event) => {
  const otherIds = PEOPLE.slice(4).map(({ mailbox }) => mailbox);
  const plan = planEvent(event, {
    attendeeId: "attendee",
    otherIds,
    now: NOW,
    random: createRandom(1),
  });
  const places = (status: string) => plan.registrations.filter((row) => row.status === status);

  test("counts what its rows add up to", () => {
    expect(plan.seatsTaken).toBe(places("confirmed").length + places("offered").length);
    expect(plan.waitlistLength).toBe(places("waitlisted").length);
    expect(plan.pendingCount).toBe(places("pending").length);
    expect(plan.seatsTaken).toBeLessThanOrEqual(event.capacity);
    expect(plan.lastNumber).toBe(plan.registrations.length);
    const seqs = plan.registrations.map(({ seq }) => seq);
    expect(new Set(seqs).size).toBe(seqs.length);
    expect(plan.seq).toBeGreaterThanOrEqual(Math.max(0, ...seqs));
  });

  test("gives each person one place, and a waitlist only where it is full", () => {
    const users = plan.registrations.map(({ userId }) => userId);
    expect(new Set(users).size).toBe(users.length);
    if (plan.waitlistLength > 0) expect(plan.seatsTaken).toBe(event.capacity);
    expect(places(event.attendee ?? "nowhere").some((row) => row.userId === "attendee")).toBe(
      event.attendee !== undefined,
    );
  });

  test("has answers to what it asks, and to nothing else", () => {
    const { questions = [] } = event;
    expect(checkQuestions(questions)).toEqual([]);
    for (const { answers } of plan.registrations) {
      expect(checkAnswers(questions, answers ?? {})).toEqual({ answers: answers ?? {} });
    }
  });

  test("takes place after it opened, and nobody registers tomorrow", () => {
    const times = plan.registrations.map((row) => row.registeredAt);
    expect(times).toEqual(times.toSorted((a, b) => a.getTime() - b.getTime()));
    expect(plan.registrationOpensAt < plan.registrationClosesAt).toBe(true);
    expect(plan.registrationClosesAt < plan.startsAt).toBe(true);
    expect(times.every((time) => time >= plan.registrationOpensAt && time < NOW)).toBe(true);
  });
});

test("the demo shows every state that people meet", () => {
  expect(PEOPLE.length).toBeGreaterThanOrEqual(60);
  expect(new Set(PEOPLE.map(({ mailbox }) => mailbox)).size).toBe(PEOPLE.length);
  expect(new Set(PEOPLE.map(({ department }) => department)).size).toBe(DEPARTMENTS.length);
  const open = [...UPCOMING_EVENTS, ...CONTESTED_EVENTS].filter(
    ({ status }) => status === undefined,
  );
  expect(open.length).toBeGreaterThanOrEqual(12);
  expect(open.some(({ people }) => (people.waitlisted ?? 0) > 0)).toBe(true);
  expect(
    open.some(
      (event) => event.people.confirmed === event.capacity && event.waitlistMode === "none",
    ),
  ).toBe(true);
  expect(open.some(({ approval }) => approval)).toBe(true);
  expect(open.some(({ questions = [] }) => questions.length > 0)).toBe(true);
  expect(open.some(({ opensOnWorkday }) => opensOnWorkday !== undefined)).toBe(true);
  expect(open.filter(({ title }) => title.en === "")).toHaveLength(1);
  expect(UPCOMING_EVENTS.some(({ status }) => status === "draft")).toBe(true);
  expect(new Set(UPCOMING_EVENTS.map(({ category }) => category))).toContain("seminar");
  expect(PAST_EVENTS.every(({ people }) => (people.confirmed ?? 0) > 0)).toBe(true);
});

test("a demo made on any day of the week opens and closes in order", () => {
  for (let day = 0; day < 7; day += 1) {
    const now = new Date(NOW.getTime() + day * DAY);
    for (const event of [...UPCOMING_EVENTS, ...CONTESTED_EVENTS]) {
      const bare = { ...event, people: {} };
      const plan = planEvent(bare, { attendeeId: "a", otherIds: [], now, random: () => 0 });
      expect(plan.startsAt > now).toBe(true);
      expect(plan.registrationOpensAt < plan.registrationClosesAt).toBe(true);
      expect(plan.registrationClosesAt <= plan.startsAt).toBe(true);
    }
  }
});

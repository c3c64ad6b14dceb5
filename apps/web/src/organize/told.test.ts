import { expect, test } from "vitest";
import { admittedBy, changed, peopleIn, promotedBy, reached } from "./told.ts";

const now = new Date("2026-11-20T00:00:00.000Z");

const on = (day: number, more: object = {}) => ({
  id: String(day),
  status: "published" as const,
  startsAt: `2026-11-${day}T06:00:00.000Z`,
  endsAt: `2026-11-${day}T07:00:00.000Z`,
  approval: false,
  capacity: 2,
  seatsTaken: 0,
  waitlistLength: 0,
  ...more,
});

const from = on(25, { seatsTaken: 2, waitlistLength: 3 });
const series = [
  on(18, { seatsTaken: 2 }),
  on(21, { seatsTaken: 1, status: "closed" }),
  on(22, { status: "draft" }),
  from,
  on(26, { status: "cancelled", seatsTaken: 2 }),
  on(27, { seatsTaken: 2, waitlistLength: 1, pendingCount: 4 }),
  on(28),
];

test.each([
  ["this", ["25"], 5],
  ["following", ["25", "27", "28"], 12],
  ["all", ["21", "25", "27", "28"], 13],
] as const)("%s reaches what is on and not over", (apply, ids, told) => {
  const events = reached(series, { from, apply, now });
  expect(events.map(({ id }) => id)).toEqual(ids);
  expect(peopleIn(events)).toBe(told);
});

test("a change applies to drafts too, and to nothing that is over or cancelled", () => {
  const days = (apply: "following" | "all") =>
    changed(series, { from, apply, now }).map(({ id }) => id);
  expect(days("following")).toEqual(["25", "27", "28"]);
  expect(days("all")).toEqual(["21", "22", "25", "27", "28"]);
});

test("more seats go to those who wait, in each event as far as there are both", () => {
  expect(promotedBy({ capacity: 4 }, series)).toBe(2 + 1);
  expect(promotedBy({ capacity: 1 }, series)).toBe(0);
  expect(promotedBy({ location: "9F" }, series)).toBe(0);
});

test("who waits for an approval that is asked no more is decided on, in each event that asks for it", () => {
  const asking = [on(25, { approval: true, pendingCount: 3 }), on(26, { approval: true })];
  expect(admittedBy({ approval: false }, [...asking, ...series])).toBe(3);
  expect(admittedBy({ approval: true }, asking)).toBe(0);
  expect(admittedBy({ capacity: 4 }, asking)).toBe(0);
});

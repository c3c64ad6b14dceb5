import { expect, test } from "vitest";
import { type LiveSeats, MAX_WATCHED, markOf, WatchInput } from "./live-seats.ts";

const id = (number: number) => `01890000-0000-7000-8000-${String(number).padStart(12, "0")}`;

test("one event or a screen of them, never both and never neither", () => {
  const accepted = (input: unknown) => WatchInput.safeParse(input).success;
  const many = (count: number) => Array.from({ length: count }, (_, index) => id(index));
  expect(accepted({ eventId: id(1) })).toBe(true);
  expect(accepted({ eventIds: many(MAX_WATCHED) })).toBe(true);
  expect(accepted({ eventId: id(1), lastEventId: "x" })).toBe(true);
  expect(accepted({ eventIds: many(MAX_WATCHED + 1) })).toBe(false);
  expect(accepted({ eventIds: [] })).toBe(false);
  expect(accepted({ eventId: id(1), eventIds: [id(1)] })).toBe(false);
  expect(accepted({})).toBe(false);
});

test("a mark differs wherever the seats do, and fits what is taken back", () => {
  const seats: LiveSeats = {
    eventId: id(1),
    status: "published",
    capacity: 1_000_000,
    seatsTaken: 999_999,
    waitlistLength: 1_000_000,
    seq: Number.MAX_SAFE_INTEGER,
    version: 2_000_000_000,
  };
  const others: LiveSeats[] = [
    { ...seats, eventId: id(2) },
    { ...seats, status: "cancelled" },
    { ...seats, capacity: 1 },
    { ...seats, seatsTaken: 1 },
    { ...seats, waitlistLength: 1 },
    { ...seats, seq: 1 },
    { ...seats, version: 1 },
  ];
  expect(new Set([seats, ...others].map(markOf)).size).toBe(8);
  expect(WatchInput.safeParse({ eventId: id(1), lastEventId: markOf(seats) }).success).toBe(true);
});

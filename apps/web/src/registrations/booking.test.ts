import { expect, test } from "vitest";
import { bookingOf } from "./booking.ts";

const now = new Date("2026-11-20T00:00:00.000Z");
const open = {
  status: "published",
  registrationOpensAt: "2026-11-01T00:00:00.000Z",
  registrationClosesAt: "2026-11-26T06:00:00.000Z",
  endsAt: "2026-11-26T08:00:00.000Z",
  approval: false,
  waitlistMode: "automatic",
  capacity: 10,
  seatsTaken: 3,
  waitlistLength: 0,
  allocation: "first_come",
  drawnAt: null,
} as const;
const full = { ...open, seatsTaken: 10 };

test.each([
  ["register", open],
  ["apply", { ...open, approval: true }],
  ["enter", { ...open, allocation: "lottery" as const }],
  ["enter", { ...full, allocation: "lottery" as const, approval: true }],
  ["register", { ...open, allocation: "lottery" as const, drawnAt: "2026-11-19T00:00:00.000Z" }],
  ["closed", { ...open, status: "closed" as const, allocation: "lottery" as const }],
  ["apply", { ...full, approval: true }],
  ["waitlist", full],
  ["register", { ...open, waitlistLength: 1 }],
  ["waitlist", { ...full, waitlistMode: "offer" as const }],
  ["full", { ...full, waitlistMode: "none" as const }],
  ["not_open_yet", { ...open, registrationOpensAt: "2026-11-21T00:00:00.000Z" }],
  ["closed", { ...open, registrationClosesAt: "2026-11-19T00:00:00.000Z" }],
  ["closed", { ...open, status: "closed" as const }],
  ["over", { ...open, endsAt: "2026-11-19T00:00:00.000Z" }],
  ["over", { ...open, status: "draft" as const, endsAt: "2026-11-19T00:00:00.000Z" }],
  ["cancelled", { ...full, status: "cancelled" as const }],
  ["draft", { ...open, status: "draft" as const }],
])("%s", (booking, event) => {
  expect(bookingOf(event, now)).toBe(booking);
});

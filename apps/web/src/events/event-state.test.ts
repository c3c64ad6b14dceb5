import { expect, test } from "vitest";
import { endedState, missingTitle, overlaps, seatTone } from "./event-state.ts";

test("the bar warns when few seats are left and is full when none is", () => {
  expect(seatTone({ capacity: 80, seatsTaken: 68 })).toBe("ok");
  expect(seatTone({ capacity: 24, seatsTaken: 21 })).toBe("warn");
  expect(seatTone({ capacity: 24, seatsTaken: 24 })).toBe("full");
});

const now = new Date("2026-11-20T00:00:00.000Z");
const open = {
  status: "published",
  registrationOpensAt: "2026-11-01T00:00:00.000Z",
  registrationClosesAt: "2026-11-26T06:00:00.000Z",
  endsAt: "2026-11-26T08:00:00.000Z",
} as const;

test.each([
  [undefined, open],
  [undefined, { ...open, registrationOpensAt: "2026-11-21T00:00:00.000Z" }],
  [undefined, { ...open, status: "draft" as const }],
  ["over", { ...open, status: "draft" as const, endsAt: "2020-01-01T00:00:00.000Z" }],
  ["cancelled", { ...open, status: "cancelled" as const }],
  ["cancelled", { ...open, status: "cancelled" as const, endsAt: "2020-01-01T00:00:00.000Z" }],
  ["over", { ...open, endsAt: "2026-11-20T00:00:00.000Z" }],
  ["over", { ...open, status: "closed" as const, endsAt: "2026-11-19T00:00:00.000Z" }],
  ["closed", { ...open, status: "closed" as const }],
  ["closed", { ...open, registrationClosesAt: "2026-11-20T00:00:00.000Z" }],
])("seats that nobody can book any more: %s", (ended, event) => {
  expect(endedState(event, now)).toBe(ended);
});

test("no bar hurries anyone to a seat that nobody can book", () => {
  for (const ended of ["cancelled", "over", "closed"] as const) {
    expect(seatTone({ capacity: 24, seatsTaken: 21 }, ended)).toBe("full");
    expect(seatTone({ capacity: 24, seatsTaken: 0 }, ended)).toBe("full");
  }
});

test("a title in one language only is seen", () => {
  expect(missingTitle({ title: { ja: "説明会", en: "" } })).toBe("en");
  expect(missingTitle({ title: { ja: "", en: "Briefing" } })).toBe("ja");
  expect(missingTitle({ title: { ja: "説明会", en: "Briefing" } })).toBeUndefined();
});

test("events overlap when they share a moment, not when one follows the other", () => {
  const at = (from: number, to: number) => ({
    startsAt: `2026-11-26T${String(from).padStart(2, "0")}:00:00.000Z`,
    endsAt: `2026-11-26T${String(to).padStart(2, "0")}:00:00.000Z`,
  });
  expect(overlaps(at(9, 11), at(10, 12))).toBe(true);
  expect(overlaps(at(9, 12), at(10, 11))).toBe(true);
  expect(overlaps(at(9, 10), at(10, 11))).toBe(false);
});

import { expect, test } from "vitest";
import { missingTitle, overlaps, seatTone } from "./event-state.ts";

test("the bar warns when few seats are left and is full when none is", () => {
  expect(seatTone({ capacity: 80, seatsTaken: 68 })).toBe("ok");
  expect(seatTone({ capacity: 24, seatsTaken: 21 })).toBe("warn");
  expect(seatTone({ capacity: 24, seatsTaken: 24 })).toBe("full");
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

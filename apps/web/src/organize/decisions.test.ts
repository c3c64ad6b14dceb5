import { MAX_DECISIONS } from "@tsudoi/shared/registrations.ts";
import { expect, test } from "vitest";
import {
  decisionsForAll,
  inBatches,
  lacksSeat,
  NOTHING_DECIDED,
  refusedFor,
  together,
} from "./decisions.ts";

test("what is offered fits at least one of those selected", () => {
  expect(decisionsForAll([], false)).toEqual([]);
  expect(decisionsForAll(["confirmed"], false)).toEqual(["cancel"]);
  expect(decisionsForAll(["confirmed", "pending"], false)).toEqual(["approve", "reject", "cancel"]);
  expect(decisionsForAll(["waitlisted", "cancelled"], false)).toEqual(["seat", "cancel"]);
  expect(decisionsForAll(["cancelled", "expired"], false)).toEqual([]);
});

test("after the end nobody is given a seat", () => {
  expect(decisionsForAll(["pending"], true)).toEqual(["reject", "cancel"]);
  expect(decisionsForAll(["waitlisted", "offered", "confirmed"], true)).toEqual(["cancel"]);
});

test("a seat is given where one is free, or held for one of them", () => {
  const full = { capacity: 2, seatsTaken: 2 };
  expect(lacksSeat(["waitlisted"], full)).toBe(true);
  expect(lacksSeat(["waitlisted"], { ...full, seatsTaken: 3 })).toBe(true);
  expect(lacksSeat(["waitlisted"], { ...full, seatsTaken: 1 })).toBe(false);
  expect(lacksSeat(["waitlisted", "offered"], full)).toBe(false);
});

test("no call decides on more people than it may, and nobody is left out", () => {
  const ids = Array.from({ length: 2 * MAX_DECISIONS + 1 }, (_, place) => String(place));
  const batches = inBatches(ids);
  expect(batches.map((batch) => batch.length)).toEqual([MAX_DECISIONS, MAX_DECISIONS, 1]);
  expect(batches.flat()).toEqual(ids);
  expect(inBatches([])).toEqual([]);
});

test("what several calls answered is told as one, by reason", () => {
  const full = (registrationId: string) => ({ registrationId, reason: "SOLD_OUT" as const });
  const gone = { registrationId: "x", reason: "NOT_FOUND" as const };
  const one = together(NOTHING_DECIDED, { done: 48, refused: [gone, full("a")] });
  const all = together(one, { done: 2, refused: [full("b")] });
  expect(all.done).toBe(50);
  expect(refusedFor(all)).toEqual([
    ["SOLD_OUT", 2],
    ["NOT_FOUND", 1],
  ]);
});

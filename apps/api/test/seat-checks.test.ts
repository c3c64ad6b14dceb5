import { describe, expect, test } from "vitest";
import type { Attempt } from "./rush.ts";
import { findFaults, type Ledger } from "./seat-checks.ts";

const attempt = (person: string, times: [number, number], told = "confirmed"): Attempt => ({
  person,
  sentAt: times[0],
  answeredAt: times[1],
  told,
  lost: 0,
  ...(told === "confirmed" ? { registrationId: `r-${person}` } : {}),
});
const row = (userId: string, seq: number) => ({ id: `r-${userId}`, userId, seq });

const attempts = [attempt("a", [0, 1]), attempt("b", [2, 4]), attempt("c", [3, 5], "SOLD_OUT")];
const ledger: Ledger = { capacity: 2, seatsTaken: 2, confirmed: [row("a", 1), row("b", 2)] };

describe("the checker of a rush", () => {
  test("finds nothing in a right history", () => {
    expect(findFaults(attempts, ledger)).toEqual([]);
  });

  test.each<[string, Attempt[], Ledger]>([
    ["an oversold seat", attempts, { ...ledger, confirmed: [...ledger.confirmed, row("c", 3)] }],
    ["an undersold event", attempts, { ...ledger, confirmed: [row("a", 1)] }],
    ["a counter that counts wrong", attempts, { ...ledger, seatsTaken: 1 }],
    ["a person told something else", [...attempts, attempt("d", [3, 5], "OVERLOADED")], ledger],
    [
      "an acknowledged seat that is another row",
      attempts,
      { ...ledger, confirmed: [row("a", 1), { ...row("b", 2), id: "r-x" }] },
    ],
    [
      "a seat given after somebody was told that none is left",
      [attempt("a", [0, 1]), attempt("c", [0, 2], "SOLD_OUT"), attempt("b", [3, 4])],
      ledger,
    ],
    ["somebody overtaken", attempts, { ...ledger, confirmed: [row("a", 2), row("b", 1)] }],
  ])("finds %s", (_what, history, state) => {
    expect(findFaults(history, state)).not.toEqual([]);
  });
});

import { DomainError } from "@tsudoi/shared/errors.ts";
import { describe, expect, test } from "vitest";
import { giveAnswer, isPassing, storedRefusal } from "./answers.ts";

describe("idempotency/answers", () => {
  test("a refusal is kept without the time to wait, and given again as the same refusal", () => {
    const issues = [{ path: "category", code: "unknown", message: "no such" }];
    const stored = storedRefusal(
      new DomainError("VALIDATION", { issues, fields: { at: 1 }, retryAfterMs: 5 }),
    );
    expect(stored).toEqual({ refusal: { reason: "VALIDATION", issues, fields: { at: 1 } } });
    expect(() => giveAnswer(stored)).toThrow(
      expect.objectContaining({ reason: "VALIDATION", details: { issues, fields: { at: 1 } } }),
    );
  });

  test("a result is given as it is, nothing included", () => {
    for (const result of [{ id: 1 }, [], "", 0, null, undefined]) {
      expect(giveAnswer({ result })).toBe(result);
    }
  });

  test("a reason that this version does not know is no refusal it can explain", () => {
    const answer = { refusal: { reason: "FROM_A_LATER_VERSION" } };
    expect(() => giveAnswer(answer)).toThrow(expect.objectContaining({ reason: "INTERNAL" }));
  });

  test("only what may be different next time is passing", () => {
    const passing = (reason: "SOLD_OUT" | "OVERLOADED" | "NOT_SIGNED_IN") =>
      isPassing(storedRefusal(new DomainError(reason)));
    expect([passing("SOLD_OUT"), passing("OVERLOADED"), passing("NOT_SIGNED_IN")]).toEqual([
      false,
      true,
      true,
    ]);
    expect(isPassing({ result: {} })).toBe(false);
  });
});

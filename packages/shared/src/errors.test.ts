import { describe, expect, test } from "vitest";
import { DomainError, isTransient, REASONS } from "./errors.ts";

describe("shared/errors", () => {
  test("a refusal carries its reason and nothing of its cause", () => {
    const error = new DomainError(
      "SOLD_OUT",
      { fields: { capacity: 3 } },
      { cause: new Error("select") },
    );
    expect(error).toBeInstanceOf(Error);
    expect({ name: error.name, message: error.message, reason: error.reason }).toEqual({
      name: "DomainError",
      message: "SOLD_OUT",
      reason: "SOLD_OUT",
    });
    expect(error.details).toEqual({ fields: { capacity: 3 } });
  });

  test("only what may be different next time is transient", () => {
    expect(REASONS.filter(isTransient)).toEqual([
      "NOT_SIGNED_IN",
      "MFA_REQUIRED",
      "SSO_REQUIRED",
      "RATE_LIMITED",
      "OVERLOADED",
      "TIMEOUT",
      "INTERNAL",
    ]);
  });
});

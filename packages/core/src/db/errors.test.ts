import { DomainError } from "@tsudoi/shared/errors.ts";
import postgres from "postgres";
import { describe, expect, test } from "vitest";
import {
  CommitUnknownError,
  isAnswered,
  isCollision,
  isConnectionLost,
  toRefusal,
  violatedConstraint,
} from "./errors.ts";

describe("db/errors", () => {
  test.each([
    ["55P03", "OVERLOADED"],
    ["40P01", "OVERLOADED"],
    ["53300", "OVERLOADED"],
    ["57P03", "OVERLOADED"],
    ["ECONNREFUSED", "OVERLOADED"],
    ["CONNECT_TIMEOUT", "OVERLOADED"],
    ["57014", "TIMEOUT"],
    ["25P04", "TIMEOUT"],
    ["CONNECTION_CLOSED", "TIMEOUT"],
    ["ECONNRESET", "TIMEOUT"],
  ])("%s is %s to a caller", (code, reason) => {
    const refusal = toRefusal(wrapped(aServerError({ code })));
    expect(refusal).toBeInstanceOf(DomainError);
    expect(refusal).toMatchObject({ reason, details: { retryAfterMs: 1_000 } });
  });

  test("finds a refusal below other errors", () => {
    const refusal = new DomainError("SOLD_OUT");
    expect(toRefusal(wrapped(refusal))).toBe(refusal);
  });

  test("leaves any other error as it is", () => {
    const error = aServerError({ code: "23505" });
    expect(toRefusal(error)).toBe(error);
    expect(toRefusal("not even an error")).toBe("not even an error");
  });

  test("names the constraint that refused", () => {
    const error = wrapped(aServerError({ code: "23505", constraint_name: "users_email" }));
    expect(violatedConstraint(error)).toBe("users_email");
    expect(violatedConstraint(new Error("other"))).toBeUndefined();
  });

  test("knows what may be tried again", () => {
    expect(isCollision(wrapped(aServerError({ code: "40001" })))).toBe(true);
    expect(isCollision(wrapped(aServerError({ code: "23505" })))).toBe(false);
    expect(isConnectionLost(aServerError({ code: "CONNECTION_CLOSED" }))).toBe(true);
    expect(isConnectionLost(aServerError({ code: "ECONNREFUSED" }))).toBe(false);
  });

  test("takes only the server's own refusal of a commit for a certain end", () => {
    expect(isAnswered(aServerError({ code: "40001" }))).toBe(true);
    expect(isAnswered(aServerError({ code: "57P01", severity: "FATAL" }))).toBe(false);
    expect(isAnswered(new Error("write CONNECTION_CLOSED"))).toBe(false);
    expect(new CommitUnknownError(new Error("lost")).reason).toBe("TIMEOUT");
  });
});

function aServerError(fields: {
  code: string;
  severity?: string;
  constraint_name?: string;
}): Error {
  const error = new postgres.PostgresError("refused");
  return Object.assign(error, { severity: "ERROR", ...fields });
}

function wrapped(cause: Error): Error {
  return new Error("outer", { cause });
}

import { TRPCClientError } from "@trpc/client";
import { expect, test } from "vitest";
import { LostPart, part } from "./part.ts";
import { silentRetryMs, toProblem } from "./problem.ts";

function refusal(data: object) {
  return TRPCClientError.from({ error: { code: -32000, message: "x", data } });
}

test("a refusal keeps what helps the reader", () => {
  const error = refusal({ reason: "RATE_LIMITED", requestId: "r-1", retryAfterMs: 42_000 });
  expect(toProblem(error)).toEqual({
    reason: "RATE_LIMITED",
    requestId: "r-1",
    retryAfterMs: 42_000,
  });
});

test("no answer is not the server's fault", () => {
  expect(toProblem(TRPCClientError.from(new TypeError("Failed to fetch")))).toEqual({
    reason: "UNREACHABLE",
  });
  expect(toProblem(new Error("a bug")).reason).toBe("INTERNAL");
});

test("a part of the page that did not come is no answer either", async () => {
  const asked = part(Promise.reject(new TypeError("Failed to fetch dynamically imported module")));
  const error = await asked.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(LostPart);
  expect(toProblem(error)).toEqual({ reason: "UNREACHABLE" });
  expect(await part(Promise.resolve("here"))).toBe("here");
});

test("an answer of something in between is named by its request", () => {
  const response = new Response("<html>", { headers: { "x-request-id": "r-2" } });
  const error = TRPCClientError.from(new SyntaxError("not JSON"), { meta: { response } });
  expect(toProblem(error)).toEqual({ reason: "INTERNAL", requestId: "r-2" });
});

test("only a passing fault is retried unasked, twice, and not for long", () => {
  const busy = refusal({ reason: "OVERLOADED", retryAfterMs: 1_000 });
  expect(silentRetryMs(busy, 0)).toBeGreaterThanOrEqual(1_000);
  expect(silentRetryMs(busy, 2)).toBe(false);
  expect(silentRetryMs(refusal({ reason: "OVERLOADED", retryAfterMs: 60_000 }), 0)).toBe(false);
  expect(silentRetryMs(refusal({ reason: "SOLD_OUT" }), 0)).toBe(false);
  expect(silentRetryMs(refusal({ reason: "RATE_LIMITED", retryAfterMs: 10 }), 0)).toBe(false);
});

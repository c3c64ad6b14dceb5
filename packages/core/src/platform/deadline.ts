import { performance } from "node:perf_hooks";
import { DomainError } from "@tsudoi/shared/errors.ts";

const RETRY_AFTER_MS = 1_000;

/** When nobody waits for the answer any more, on this process's monotonic clock. */
export type Deadline = { readonly at: number };

export const NO_DEADLINE: Deadline = { at: Number.POSITIVE_INFINITY };

export function deadlineIn(milliseconds: number): Deadline {
  return { at: performance.now() + milliseconds };
}

/** Never negative. */
export function remainingMs(deadline: Deadline): number {
  return Math.max(0, deadline.at - performance.now());
}

export function isPast(deadline: Deadline): boolean {
  return performance.now() >= deadline.at;
}

/** Throws TIMEOUT once the deadline has passed: work that nobody waits for is not begun. */
export function refuseIfPast(deadline: Deadline): void {
  if (isPast(deadline)) throw new DomainError("TIMEOUT", { retryAfterMs: RETRY_AFTER_MS });
}

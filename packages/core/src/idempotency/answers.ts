import { DomainError, isTransient, REASONS, type Reason } from "@tsudoi/shared/errors.ts";
import type { StoredAnswer } from "#core/db/schema/idempotency-keys.ts";

/** A refusal as it is kept: how long to wait was true once only. */
export function storedRefusal(error: DomainError): StoredAnswer {
  const { retryAfterMs: _, ...lasting } = error.details;
  return { refusal: { reason: error.reason, ...lasting } };
}

/** The stored answer as the caller sees it: its result, or its refusal thrown again. */
export function giveAnswer(answer: StoredAnswer): unknown {
  if ("result" in answer) return answer.result;
  const { reason, ...details } = answer.refusal;
  throw new DomainError(toReason(reason), details);
}

function toReason(stored: string): Reason {
  return REASONS.find((reason) => reason === stored) ?? "INTERNAL";
}

/** A refusal that says nothing about the same call made later. */
export function isPassing(answer: StoredAnswer): boolean {
  return "refusal" in answer && isTransient(toReason(answer.refusal.reason));
}

/** The closed list of reasons a call can be refused with; texts belong to the web, by reason. */
export const REASONS = [
  "VALIDATION",
  "NOT_SIGNED_IN",
  "MFA_REQUIRED",
  "SSO_REQUIRED",
  "FORBIDDEN",
  "NOT_IN_AUDIENCE",
  "NOT_FOUND",
  "LINK_EXPIRED",
  "SOLD_OUT",
  "ALREADY_REGISTERED",
  "ACCOUNT_DISABLED",
  "NOT_OPEN_YET",
  "REGISTRATION_CLOSED",
  "EVENT_CANCELLED",
  "CANCEL_DEADLINE_PASSED",
  "OFFER_EXPIRED",
  "CAPACITY_BELOW_TAKEN",
  "SURVEY_CLOSED",
  "ALREADY_ANSWERED",
  "TRANSLATION_MISSING",
  "VERSION_CONFLICT",
  "STATE_CONFLICT",
  "LEGAL_HOLD",
  "IDEMPOTENCY_MISMATCH",
  "RATE_LIMITED",
  "OVERLOADED",
  "TIMEOUT",
  "INTERNAL",
] as const;
export type Reason = (typeof REASONS)[number];

/** One field that was refused, in words a developer can act on; the web shows its own text by code. */
export type FieldIssue = { path: string; code: string; message: string };

export type DomainErrorDetails = {
  retryAfterMs?: number;
  issues?: FieldIssue[];
  /** Facts the reader needs, such as the number of seats already taken. Never personal data. */
  fields?: Record<string, string | number>;
};

/** A refusal that the caller is meant to understand. Everything else is INTERNAL. */
export class DomainError extends Error {
  override name = "DomainError";
  reason: Reason;
  details: DomainErrorDetails;

  constructor(reason: Reason, details: DomainErrorDetails = {}, options?: ErrorOptions) {
    super(reason, options);
    this.reason = reason;
    this.details = details;
  }
}

/**
 * True of the moment or of the session, not of the call: never stored under an idempotency key, because whoever
 * signs in again or waits repeats the call under the same one.
 */
const TRANSIENT: ReadonlySet<Reason> = new Set([
  "NOT_SIGNED_IN",
  "MFA_REQUIRED",
  "SSO_REQUIRED",
  "RATE_LIMITED",
  "OVERLOADED",
  "TIMEOUT",
  "INTERNAL",
]);

export function isTransient(reason: Reason): boolean {
  return TRANSIENT.has(reason);
}

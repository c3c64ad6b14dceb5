import type { Reason } from "@tsudoi/shared/errors.ts";
import type { RegisteredStatus } from "@tsudoi/shared/registrations.ts";
import type { Metrics } from "@tsudoi/telemetry/metrics.ts";
import type { RegistrationOutcome } from "@tsudoi/telemetry/names.ts";

/** Only `error` is our fault; a sold-out event must not page anybody. */
const OUTCOME_OF: Record<Reason, RegistrationOutcome> = {
  VALIDATION: "refused",
  NOT_SIGNED_IN: "refused",
  MFA_REQUIRED: "refused",
  SSO_REQUIRED: "refused",
  FORBIDDEN: "refused",
  NOT_IN_AUDIENCE: "refused",
  NOT_FOUND: "refused",
  LINK_EXPIRED: "refused",
  SOLD_OUT: "full",
  ALREADY_REGISTERED: "duplicate",
  ACCOUNT_DISABLED: "refused",
  NOT_OPEN_YET: "closed",
  REGISTRATION_CLOSED: "closed",
  EVENT_CANCELLED: "closed",
  CANCEL_DEADLINE_PASSED: "closed",
  OFFER_EXPIRED: "closed",
  CAPACITY_BELOW_TAKEN: "refused",
  SURVEY_CLOSED: "closed",
  ALREADY_ANSWERED: "duplicate",
  TRANSLATION_MISSING: "refused",
  VERSION_CONFLICT: "refused",
  STATE_CONFLICT: "refused",
  LEGAL_HOLD: "refused",
  IDEMPOTENCY_MISMATCH: "refused",
  RATE_LIMITED: "limited",
  OVERLOADED: "error",
  TIMEOUT: "error",
  INTERNAL: "error",
};

/** The one place where attempts to register are counted. */
export function countAttempt(metrics: Metrics | undefined, end: RegisteredStatus | Reason): void {
  const outcome: RegistrationOutcome = isStatus(end) ? end : OUTCOME_OF[end];
  metrics?.registrationAttemptsTotal.inc({ outcome });
}

function isStatus(end: RegisteredStatus | Reason): end is RegisteredStatus {
  return end === "confirmed" || end === "waitlisted" || end === "pending";
}

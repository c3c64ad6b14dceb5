import { DomainError, type Reason } from "@tsudoi/shared/errors.ts";

const RETRY_AFTER_MS = 1_000;
const MOST_CAUSES = 8;

type Trouble = Extract<Reason, "OVERLOADED" | "TIMEOUT">;

/** OVERLOADED: nothing was done. TIMEOUT: it took too long, or the answer was lost and it may have been done. */
const TROUBLES: Record<string, Trouble> = {
  // Refused before anything began.
  ECONNREFUSED: "OVERLOADED",
  ENOTFOUND: "OVERLOADED",
  EAI_AGAIN: "OVERLOADED",
  EHOSTUNREACH: "OVERLOADED",
  ENETUNREACH: "OVERLOADED",
  CONNECT_TIMEOUT: "OVERLOADED",
  CONNECTION_ENDED: "OVERLOADED",
  // too_many_connections, out_of_memory, disk_full, configuration_limit_exceeded
  "53300": "OVERLOADED",
  "53200": "OVERLOADED",
  "53100": "OVERLOADED",
  "53400": "OVERLOADED",
  // cannot_connect_now; read_only_sql_transaction, after a failover
  "57P03": "OVERLOADED",
  "25006": "OVERLOADED",
  // Rolled back: lock_not_available, serialization_failure, deadlock_detected
  "55P03": "OVERLOADED",
  "40001": "OVERLOADED",
  "40P01": "OVERLOADED",
  // query_canceled, by statement_timeout
  "57014": "TIMEOUT",
  // idle_in_transaction_session_timeout, transaction_timeout, admin_shutdown, crash_shutdown
  "25P03": "TIMEOUT",
  "25P04": "TIMEOUT",
  "57P01": "TIMEOUT",
  "57P02": "TIMEOUT",
  CONNECTION_CLOSED: "TIMEOUT",
  CONNECTION_DESTROYED: "TIMEOUT",
  ECONNRESET: "TIMEOUT",
  EPIPE: "TIMEOUT",
  ETIMEDOUT: "TIMEOUT",
};

/** Died under a caller, as opposed to never having been there. */
const LOST = new Set([
  "57P01",
  "57P02",
  "CONNECTION_CLOSED",
  "CONNECTION_DESTROYED",
  "ECONNRESET",
  "EPIPE",
]);
const ROLLED_BACK_BY_CHANCE = new Set(["40001", "40P01"]);

/** The commit was sent and its answer never came: only the caller's idempotency key can tell what happened. */
export class CommitUnknownError extends DomainError {
  override name = "CommitUnknownError";

  constructor(cause: unknown) {
    super("TIMEOUT", { retryAfterMs: RETRY_AFTER_MS }, { cause });
  }
}

/** The refusal that an error of the database stands for, or the error itself. */
export function toRefusal(error: unknown): unknown {
  for (const cause of causes(error)) {
    if (cause instanceof DomainError) return cause;
    const trouble = TROUBLES[codeOf(cause) ?? ""];
    if (trouble) return new DomainError(trouble, { retryAfterMs: RETRY_AFTER_MS }, { cause });
  }
  return error;
}

/** The name of the constraint that refused the change. */
export function violatedConstraint(error: unknown): string | undefined {
  for (const cause of causes(error)) {
    if ("constraint_name" in cause && typeof cause.constraint_name === "string") {
      return cause.constraint_name;
    }
  }
  return undefined;
}

export function isConnectionLost(error: unknown): boolean {
  return hasCode(error, (code) => LOST.has(code));
}

/** Two transactions got into each other's way; the same work may succeed next time. */
export function isCollision(error: unknown): boolean {
  return hasCode(error, (code) => ROLLED_BACK_BY_CHANCE.has(code));
}

/** The server itself said no, so the transaction is certainly rolled back. */
export function isAnswered(error: unknown): boolean {
  return causes(error).some((cause) => "severity" in cause && cause.severity === "ERROR");
}

function hasCode(error: unknown, test: (code: string) => boolean): boolean {
  return causes(error).some((cause) => test(codeOf(cause) ?? ""));
}

function causes(error: unknown): Error[] {
  const found: Error[] = [];
  let cause = error;
  while (cause instanceof Error && found.length < MOST_CAUSES) {
    found.push(cause);
    cause = cause.cause;
  }
  return found;
}

function codeOf(error: Error): string | undefined {
  return "code" in error && typeof error.code === "string" ? error.code : undefined;
}

import { type TRPC_ERROR_CODE_NUMBER, TRPCError } from "@trpc/server";
import { DomainError, type FieldIssue, type Reason } from "@tsudoi/shared/errors.ts";
import * as z from "zod/mini";

type WireCode = { code: TRPCError["code"]; number: TRPC_ERROR_CODE_NUMBER; status: number };

const wire = {
  BAD_REQUEST: { code: "BAD_REQUEST", number: -32600, status: 400 },
  UNAUTHORIZED: { code: "UNAUTHORIZED", number: -32001, status: 401 },
  FORBIDDEN: { code: "FORBIDDEN", number: -32003, status: 403 },
  NOT_FOUND: { code: "NOT_FOUND", number: -32004, status: 404 },
  CONFLICT: { code: "CONFLICT", number: -32009, status: 409 },
  TOO_MANY_REQUESTS: { code: "TOO_MANY_REQUESTS", number: -32029, status: 429 },
  INTERNAL: { code: "INTERNAL_SERVER_ERROR", number: -32603, status: 500 },
  UNAVAILABLE: { code: "SERVICE_UNAVAILABLE", number: -32603, status: 503 },
} as const satisfies Record<string, WireCode>;

/** The one map from reasons to what goes over the wire. */
export const WIRE: Record<Reason, WireCode> = {
  VALIDATION: wire.BAD_REQUEST,
  NOT_SIGNED_IN: wire.UNAUTHORIZED,
  MFA_REQUIRED: wire.UNAUTHORIZED,
  SSO_REQUIRED: wire.UNAUTHORIZED,
  FORBIDDEN: wire.FORBIDDEN,
  NOT_IN_AUDIENCE: wire.FORBIDDEN,
  NOT_FOUND: wire.NOT_FOUND,
  LINK_EXPIRED: wire.NOT_FOUND,
  SOLD_OUT: wire.CONFLICT,
  ALREADY_REGISTERED: wire.CONFLICT,
  ACCOUNT_DISABLED: wire.CONFLICT,
  NOT_OPEN_YET: wire.CONFLICT,
  REGISTRATION_CLOSED: wire.CONFLICT,
  EVENT_CANCELLED: wire.CONFLICT,
  CANCEL_DEADLINE_PASSED: wire.CONFLICT,
  OFFER_EXPIRED: wire.CONFLICT,
  CAPACITY_BELOW_TAKEN: wire.CONFLICT,
  SURVEY_CLOSED: wire.CONFLICT,
  ALREADY_ANSWERED: wire.CONFLICT,
  TRANSLATION_MISSING: wire.CONFLICT,
  VERSION_CONFLICT: wire.CONFLICT,
  STATE_CONFLICT: wire.CONFLICT,
  LEGAL_HOLD: wire.CONFLICT,
  IDEMPOTENCY_MISMATCH: wire.CONFLICT,
  RATE_LIMITED: wire.TOO_MANY_REQUESTS,
  OVERLOADED: wire.UNAVAILABLE,
  TIMEOUT: wire.UNAVAILABLE,
  INTERNAL: wire.INTERNAL,
};

/** The refusal behind any error; what is not meant for the caller becomes INTERNAL. */
export function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (!(error instanceof TRPCError)) return internal(error);
  if (error.cause instanceof DomainError) return error.cause;
  if (error.cause instanceof z.core.$ZodError) return refusedInput(error.cause);
  if (error.code === "NOT_FOUND") return new DomainError("NOT_FOUND");
  if (error.code === "BAD_REQUEST" || error.code === "PARSE_ERROR")
    return new DomainError("VALIDATION");
  return internal(error);
}

export function refusedInput(error: z.core.$ZodError): DomainError {
  return new DomainError("VALIDATION", { issues: error.issues.map(toFieldIssue) });
}

function internal(cause: unknown): DomainError {
  return new DomainError("INTERNAL", {}, { cause });
}

const MAX_ISSUES = 20;
export const WHOLE_INPUT = "(input)";

function toFieldIssue(issue: z.core.$ZodIssue): FieldIssue {
  const path = issue.path.length === 0 ? WHOLE_INPUT : issue.path.map(String).join(".");
  return { path, code: codeOf(issue), message: issue.message };
}

/** A rule of ours names its own code; zod calls them all custom. */
function codeOf(issue: z.core.$ZodIssue): string {
  const own: unknown = issue.code === "custom" ? issue.params?.code : undefined;
  return typeof own === "string" ? own : issue.code;
}

export type ErrorShape = {
  message: string;
  code: TRPC_ERROR_CODE_NUMBER;
  data: {
    code: string;
    httpStatus: number;
    path?: string;
    reason: Reason;
    requestId: string;
    retryAfterMs?: number;
    issues?: FieldIssue[];
    fields?: Record<string, string | number>;
  };
};

/** Fixed text by reason: no statement, path, host or stack leaves the server. */
export function toErrorShape(
  error: DomainError,
  place: { path?: string; requestId: string },
): ErrorShape {
  const { code, number, status } = WIRE[error.reason];
  const { issues, ...details } = error.details;
  return {
    message: error.reason,
    code: number,
    data: {
      code,
      httpStatus: status,
      reason: error.reason,
      ...place,
      ...details,
      ...(issues === undefined ? {} : { issues: issues.slice(0, MAX_ISSUES) }),
    },
  };
}

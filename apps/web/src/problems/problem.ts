import { TRPCClientError } from "@trpc/client";
import { type FieldIssue, isTransient, type Reason } from "@tsudoi/shared/errors.ts";
import { LostPart } from "./part.ts";

/** A refusal by its reason, or no answer at all. */
export type ProblemReason = Reason | "UNREACHABLE";

export type Problem = {
  reason: ProblemReason;
  retryAfterMs?: number;
  issues?: FieldIssue[];
  fields?: Record<string, string | number>;
  requestId?: string;
};

type Refusal = Partial<Problem>;

/** A call that one person began, and that must not be made by another one. */
export class OtherPerson extends Error {
  override name = "OtherPerson";
}

/** What went wrong, in terms that the texts know. */
export function toProblem(error: unknown): Problem {
  if (error instanceof LostPart) return { reason: "UNREACHABLE" };
  if (!(error instanceof TRPCClientError)) return { reason: "INTERNAL" };
  if (error.cause instanceof OtherPerson) return { reason: "STATE_CONFLICT" };
  const refusal: Refusal | null | undefined = error.data;
  if (refusal?.reason) return pick(refusal, refusal.reason);
  const requestId = requestIdOf(error.meta);
  return requestId ? { reason: "INTERNAL", requestId } : { reason: "UNREACHABLE" };
}

/** The error's data also has what only developers read. */
function pick(refusal: Refusal, reason: ProblemReason): Problem {
  const { retryAfterMs, issues, fields, requestId } = refusal;
  return {
    reason,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(issues === undefined ? {} : { issues }),
    ...(fields === undefined ? {} : { fields }),
    ...(requestId ? { requestId } : {}),
  };
}

/** The call was decided, and is decided anew only when it is made as another one. */
export function isDefinite(error: unknown): boolean {
  const { reason } = toProblem(error);
  return reason !== "UNREACHABLE" && !isTransient(reason);
}

/** Whether the call was made, nobody here knows. */
export function isAnswerLost(error: unknown): boolean {
  const { reason } = toProblem(error);
  return reason === "UNREACHABLE" || reason === "TIMEOUT" || reason === "INTERNAL";
}

/** The same call may be answered when it is made again. */
function isPassing({ reason }: Problem): boolean {
  return reason === "OVERLOADED" || reason === "TIMEOUT" || reason === "UNREACHABLE";
}

const LONGEST_SILENT_WAIT_MS = 5_000;

/** How long to wait before trying again unasked, or `false` when the person should decide. */
export function silentRetryMs(error: unknown, attempt: number): number | false {
  const problem = toProblem(error);
  if (!isPassing(problem) || attempt >= 2) return false;
  const wait = problem.retryAfterMs ?? 400 * 2 ** attempt;
  return wait > LONGEST_SILENT_WAIT_MS ? false : wait * (1 + Math.random() / 4);
}

function requestIdOf(meta: unknown): string | null {
  if (typeof meta !== "object" || meta === null || !("response" in meta)) return null;
  return meta.response instanceof Response ? meta.response.headers.get("x-request-id") : null;
}

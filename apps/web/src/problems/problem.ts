import { TRPCClientError } from "@trpc/client";
import type { FieldIssue, Reason } from "@tsudoi/shared/errors.ts";

/** A refusal by its reason, or no answer at all. */
export type ProblemReason = Reason | "UNREACHABLE";

export type Problem = {
  reason: ProblemReason;
  retryAfterMs?: number;
  issues?: FieldIssue[];
  fields?: Record<string, string | number>;
  requestId?: string;
};

type Refusal = Partial<Omit<Problem, "requestId">>;

/** What went wrong, in terms that the texts know. */
export function toProblem(error: unknown): Problem {
  if (!(error instanceof TRPCClientError)) return { reason: "INTERNAL" };
  const requestId = requestIdOf(error.meta);
  const refusal: Refusal | null | undefined = error.data;
  if (!refusal?.reason) return { reason: requestId ? "INTERNAL" : "UNREACHABLE", ...requestId };
  const { reason, retryAfterMs, issues, fields } = refusal;
  return {
    reason,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(issues === undefined ? {} : { issues }),
    ...(fields === undefined ? {} : { fields }),
    ...requestId,
  };
}

/** The same call may be answered when it is made again. */
export function isPassing({ reason }: Problem): boolean {
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

function requestIdOf(meta: unknown): { requestId?: string } {
  if (typeof meta !== "object" || meta === null || !("response" in meta)) return {};
  if (!(meta.response instanceof Response)) return {};
  const requestId = meta.response.headers.get("x-request-id");
  return requestId ? { requestId } : {};
}

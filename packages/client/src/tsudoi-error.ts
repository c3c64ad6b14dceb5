import type { ErrorShape } from "@tsudoi/api/router.ts";

type Data = ErrorShape["data"];

/** Why a call was refused; UNREACHABLE is this side's own word for "no answer of Tsudoi came". */
export type Reason = Data["reason"] | "UNREACHABLE";
export type FieldIssue = NonNullable<Data["issues"]>[number];

export type TsudoiErrorDetails = {
  reason: Reason;
  procedure: string;
  requestId: string;
  status?: number | undefined;
  retryAfterMs?: number | undefined;
  issues?: FieldIssue[] | undefined;
  fields?: Record<string, string | number> | undefined;
  message?: string | undefined;
};

/** What answers while a server behind it is away. */
const GATEWAY_STATUS: readonly number[] = [429, 502, 503, 504];
const TEMPORARY: ReadonlySet<Reason> = new Set(["RATE_LIMITED", "OVERLOADED", "TIMEOUT"]);

/** A call that was refused, or that got no answer in time. A newer server may send a reason not listed here. */
export class TsudoiError extends Error {
  override name = "TsudoiError";
  readonly reason: Reason;
  readonly procedure: string;
  /** Finds the call in the server's logs. */
  readonly requestId: string;
  /** The HTTP status, where an answer came. */
  readonly status: number | undefined;
  /** How long the server asks to be left alone. */
  readonly retryAfterMs: number | undefined;
  /** What is wrong with which field of the input. */
  readonly issues: readonly FieldIssue[];
  /** Facts about the refusal, such as the number of seats taken. */
  readonly fields: Readonly<Record<string, string | number>>;

  constructor(details: TsudoiErrorDetails, options?: ErrorOptions) {
    super(`${details.procedure}: ${details.message ?? summaryOf(details)}`, options);
    this.reason = details.reason;
    this.procedure = details.procedure;
    this.requestId = details.requestId;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
    this.issues = details.issues ?? [];
    this.fields = details.fields ?? {};
  }

  /** Whether the same call may succeed later. */
  get isTemporary(): boolean {
    if (this.reason !== "UNREACHABLE") return TEMPORARY.has(this.reason);
    return this.status === undefined || GATEWAY_STATUS.includes(this.status);
  }
}

function summaryOf({ reason, issues = [] }: TsudoiErrorDetails): string {
  const found = issues.map(({ path, message }) => `${path} ${message}`).join("; ");
  return found === "" ? reason : `${reason} (${found})`;
}

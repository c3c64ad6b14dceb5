import type { Clock } from "./clock.ts";
import { TsudoiError } from "./tsudoi-error.ts";

export type RetryPolicy = {
  /** The first one included. */
  attempts: number;
  deadlineMs: number;
};

/** One call as it is repeated: same input, same key, same request id. */
export type Repeatable<Answer> = {
  procedure: string;
  requestId: string;
  attempt: (signal: AbortSignal) => Promise<Answer>;
  signal?: AbortSignal | undefined;
  onRetry?: ((retry: Retry) => void) | undefined;
};

/** A repeat about to be waited for. */
export type Retry = { error: TsudoiError; attempt: number; delayMs: number };

/** Longer than the server's own limit, so that a slow server is heard and only a silent one is cut off. */
const ATTEMPT_MS = 12_000;
const FIRST_DELAY_MS = 200;
const MAX_DELAY_MS = 5_000;

/**
 * Repeats what may succeed later, never before the server allows it and never past the deadline; a wait that
 * would not fit is not begun.
 */
export async function retry<Answer>(
  call: Repeatable<Answer>,
  policy: RetryPolicy,
  clock: Clock,
): Promise<Answer> {
  const endsAt = clock.now() + policy.deadlineMs;
  const signal = call.signal ?? new AbortController().signal;
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    try {
      const ms = Math.max(1, Math.min(ATTEMPT_MS, endsAt - clock.now()));
      return await attemptWithin({ ms, signal }, call, clock);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof TsudoiError) || !error.isTemporary) throw error;
      const delayMs = delayAfter(error, attempt, clock);
      if (attempt >= policy.attempts || clock.now() + delayMs >= endsAt) throw error;
      call.onRetry?.({ error, attempt, delayMs });
      await clock.sleep(delayMs, signal);
    }
  }
}

/** Full jitter: callers that failed together come back apart. What the server asks for comes on top. */
export function delayAfter(error: TsudoiError, attempt: number, clock: Clock): number {
  const most = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1));
  return (error.retryAfterMs ?? 0) + Math.round(clock.random() * most);
}

/** Ends in time even where the given `fetch` knows nothing of signals. */
async function attemptWithin<Answer>(
  { ms, signal }: { ms: number; signal: AbortSignal },
  { attempt, procedure, requestId }: Repeatable<Answer>,
  clock: Clock,
): Promise<Answer> {
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  const tooLate = async () => {
    await clock.sleep(ms, either);
    const message = `TIMEOUT (no answer within ${Math.round(ms)} ms)`;
    throw new TsudoiError({ reason: "TIMEOUT", procedure, requestId, message });
  };
  try {
    return await Promise.race([attempt(either), tooLate()]);
  } finally {
    over.abort();
  }
}

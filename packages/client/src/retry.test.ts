import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Clock } from "./clock.ts";
import { type Retry, type RetryPolicy, retry } from "./retry.ts";
import { type Reason, TsudoiError } from "./tsudoi-error.ts";

const POLICY: RetryPolicy = { attempts: 5, deadlineMs: 30_000 };

describe("retry", () => {
  it("gives the first answer at once", async () => {
    const { answer, waits } = await run(["ok"]);
    expect({ answer, waits }).toEqual({ answer: "ok", waits: [] });
  });

  it("waits twice as long each time, at most five seconds", async () => {
    const { answer, waits } = await run(Array(7).fill(refusal("OVERLOADED")).concat("ok"), {
      policy: { attempts: 8, deadlineMs: 60_000 },
      random: () => 1,
    });
    expect(answer).toBe("ok");
    expect(waits).toEqual([200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
  });

  it("waits any time between none and the most, so that callers come back apart", async () => {
    const outcomes: Outcome[] = [refusal("UNREACHABLE"), refusal("UNREACHABLE"), "ok"];
    expect((await run(outcomes, { random: () => 0 })).waits).toEqual([0, 0]);
    expect((await run(outcomes, { random: () => 0.25 })).waits).toEqual([50, 100]);
  });

  it("never comes back before the server allows it", async () => {
    const { waits } = await run([refusal("RATE_LIMITED", 3_000), "ok"], { random: () => 0 });
    expect(waits).toEqual([3_000]);
    const later = await run([refusal("RATE_LIMITED", 3_000), "ok"], { random: () => 0.5 });
    expect(later.waits).toEqual([3_100]);
  });

  it("does not begin a wait that ends after the deadline", async () => {
    const { error, waits, calls } = await run([refusal("RATE_LIMITED", 30_000), "ok"]);
    expect(error).toMatchObject({ reason: "RATE_LIMITED", retryAfterMs: 30_000 });
    expect({ waits, calls }).toEqual({ waits: [], calls: 1 });
  });

  it("gives up with the last refusal after so many attempts", async () => {
    const { error, calls } = await run(Array(9).fill(refusal("TIMEOUT")));
    expect(error).toMatchObject({ reason: "TIMEOUT" });
    expect(calls).toBe(POLICY.attempts);
  });

  it.each<Reason>(["SOLD_OUT", "VALIDATION", "NOT_SIGNED_IN", "INTERNAL", "IDEMPOTENCY_MISMATCH"])(
    "does not repeat what was refused with %s",
    async (reason) => {
      const { error, calls } = await run([refusal(reason), "ok"]);
      expect(error).toMatchObject({ reason });
      expect(calls).toBe(1);
    },
  );

  it("does not repeat a mistake of the caller's own", async () => {
    const { error, calls } = await run([new TypeError("cannot serialize a BigInt"), "ok"]);
    expect(error).toBeInstanceOf(TypeError);
    expect(calls).toBe(1);
  });

  it("cuts off an attempt that stays silent, and makes the call again", async () => {
    const { answer, waits } = await run(["silence", "ok"], { random: () => 0 });
    expect({ answer, waits }).toEqual({ answer: "ok", waits: [0] });
  });

  it("ends at the deadline, however silent the server is", async () => {
    const { error, elapsed } = await run(Array(9).fill("silence"), { random: () => 0 });
    expect(error).toMatchObject({ reason: "TIMEOUT" });
    expect(elapsed).toBe(POLICY.deadlineMs);
  });

  it("ends with the caller's own reason when the caller gives up", async () => {
    const stop = new AbortController();
    const reason = new Error("the user left");
    const { error, calls } = await run([refusal("OVERLOADED"), "ok"], {
      signal: stop.signal,
      onRetry: () => stop.abort(reason),
    });
    expect(error).toBe(reason);
    expect(calls).toBe(1);
  });

  it("makes no attempt for a caller who is gone already", async () => {
    const { error, calls } = await run(["ok"], { signal: AbortSignal.abort(new Error("gone")) });
    expect(error).toMatchObject({ message: "gone" });
    expect(calls).toBe(0);
  });

  it("tells of each repeat before it waits", async () => {
    const told: Retry[] = [];
    await run([refusal("OVERLOADED"), refusal("UNREACHABLE"), "ok"], {
      random: () => 1,
      onRetry: (event) => told.push(event),
    });
    expect(told).toMatchObject([
      { attempt: 1, delayMs: 200, error: { reason: "OVERLOADED" } },
      { attempt: 2, delayMs: 400, error: { reason: "UNREACHABLE" } },
    ]);
  });
});

describe("whatever happens, retry", () => {
  const outcome = fc.oneof(
    fc.constantFrom<Outcome>("ok", "silence"),
    fc
      .tuple(
        fc.constantFrom<Reason>("OVERLOADED", "RATE_LIMITED", "TIMEOUT", "UNREACHABLE", "SOLD_OUT"),
        fc.option(fc.nat({ max: 20_000 }), { nil: undefined }),
      )
      .map(([reason, retryAfterMs]) => refusal(reason, retryAfterMs)),
  );
  const policy = fc.record({
    attempts: fc.integer({ min: 1, max: 9 }),
    deadlineMs: fc.integer({ min: 1, max: 60_000 }),
  });
  const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  it("keeps to its bounds and to the server's", async () => {
    const property = fc.asyncProperty(
      fc.array(outcome, { minLength: 10, maxLength: 10 }),
      policy,
      chance,
      async (outcomes, bounds, random) => {
        const done = await run(outcomes, { policy: bounds, random: () => random });
        const asked = outcomes.slice(0, done.waits.length).map(askedWait);
        expect(done.calls).toBeLessThanOrEqual(bounds.attempts);
        expect(done.elapsed).toBeLessThanOrEqual(bounds.deadlineMs);
        expect(done.waits.every((wait, index) => wait >= (asked[index] ?? 0))).toBe(true);
        expect(done.calls).toBe(done.waits.length + 1);
      },
    );
    await fc.assert(property, { numRuns: 200 });
  });
});

function askedWait(outcome: Outcome): number {
  return outcome instanceof TsudoiError ? (outcome.retryAfterMs ?? 0) : 0;
}

type Outcome = "ok" | "silence" | Error;
type Setting = {
  policy?: RetryPolicy;
  random?: () => number;
  signal?: AbortSignal;
  onRetry?: (event: Retry) => void;
};

/** Runs one call whose attempts end as listed, on a clock that jumps to whatever is waited for. */
async function run(outcomes: Outcome[], setting: Setting = {}) {
  const clock = jumpingClock(setting.random ?? (() => 0.5));
  const waits: number[] = [];
  let calls = 0;
  const attempt = async () => {
    const outcome = outcomes[calls];
    calls += 1;
    if (outcome instanceof Error) throw outcome;
    if (outcome === "silence") return new Promise<string>(() => {});
    return outcome ?? "nothing";
  };
  const onRetry = (event: Retry) => {
    waits.push(event.delayMs);
    setting.onRetry?.(event);
  };
  const call = { procedure: "a.b", requestId: "r", attempt, signal: setting.signal, onRetry };
  const result = await retry(call, setting.policy ?? POLICY, clock).then(
    (answer) => ({ answer, error: undefined }),
    (error: unknown) => ({ answer: undefined, error }),
  );
  return { ...result, calls, waits, elapsed: clock.now() };
}

/** Wakes the one who sleeps shortest once nothing else is left to do. */
function jumpingClock(random: () => number): Clock {
  let time = 0;
  return {
    now: () => time,
    random,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) reject(signal.reason);
        signal.addEventListener("abort", () => reject(signal.reason));
        setImmediate(() => {
          if (signal.aborted) return;
          time += ms;
          resolve();
        });
      }),
  };
}

function refusal(reason: Reason, retryAfterMs?: number): TsudoiError {
  return new TsudoiError({ reason, procedure: "a.b", requestId: "r", retryAfterMs });
}

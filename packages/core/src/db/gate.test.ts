import { setImmediate as turn } from "node:timers/promises";
import { DomainError, type Reason } from "@tsudoi/shared/errors.ts";
import { createMetrics } from "@tsudoi/telemetry/metrics.ts";
import { describe, expect, test } from "vitest";
import { deadlineIn, NO_DEADLINE } from "#core/platform/deadline.ts";
import { Gate, type GateOptions } from "./gate.ts";

const LONG_MS = 60_000;

describe("db/gate", () => {
  test("lends each item to one caller at a time", async () => {
    const gate = aGate({ items: ["a", "b"] });
    const held = new Set<string>();
    let most = 0;
    const work = async (item: string) => {
      expect(held.has(item)).toBe(false);
      held.add(item);
      most = Math.max(most, held.size);
      await turn();
      held.delete(item);
    };
    await Promise.all(Array.from({ length: 50 }, () => gate.use(NO_DEADLINE, work)));
    expect(most).toBe(2);
    expect(gate.state()).toEqual({ used: 0, idle: 2, pending: 0 });
  });

  test("serves callers in the order they came", async () => {
    const gate = aGate();
    const served: number[] = [];
    const callers = [1, 2, 3, 4].map((caller) =>
      gate.use(NO_DEADLINE, async () => {
        served.push(caller);
        await turn();
      }),
    );
    await Promise.all(callers);
    expect(served).toEqual([1, 2, 3, 4]);
  });

  test("takes the item back from work that throws", async () => {
    const gate = aGate();
    const failing = gate.use(NO_DEADLINE, () => Promise.reject(new Error("no")));
    await expect(failing).rejects.toThrow("no");
    expect(gate.state().used).toBe(0);
    expect(await gate.use(NO_DEADLINE, (item) => Promise.resolve(item))).toBe("a");
  });

  test("refuses a caller who waited for the whole acquire time-out", async () => {
    const gate = aGate({ acquireTimeoutMs: 5 });
    await using _holder = hold(gate);
    const error = await refusalOf(gate.use(NO_DEADLINE, neverRuns));
    expect(error).toMatchObject({ reason: "OVERLOADED", details: { retryAfterMs: 1_000 } });
    expect(gate.state().pending).toBe(0);
  });

  test("refuses at once when the queue is full", async () => {
    const gate = aGate({ maxWaiting: 2 });
    const holder = hold(gate);
    const waiting = [1, 2].map(() => gate.use(NO_DEADLINE, () => Promise.resolve()));
    expect(gate.state()).toEqual({ used: 1, idle: 0, pending: 2 });
    expect((await refusalOf(gate.use(NO_DEADLINE, neverRuns))).reason).toBe("OVERLOADED");
    expect(gate.state().pending).toBe(2);
    await holder[Symbol.asyncDispose]();
    await Promise.all(waiting);
  });

  test("lets nobody in whose deadline has passed", async () => {
    const gate = aGate();
    expect((await refusalOf(gate.use(deadlineIn(0), neverRuns))).reason).toBe("TIMEOUT");
    const holder = hold(gate);
    expect((await refusalOf(gate.use(deadlineIn(5), neverRuns))).reason).toBe("TIMEOUT");
    await holder[Symbol.asyncDispose]();
    expect(gate.state()).toEqual({ used: 0, idle: 1, pending: 0 });
  });

  test("passes over waiters whose deadline passed while the process was busy", async () => {
    const gate = aGate();
    const holder = hold(gate);
    const late = refusalOf(gate.use(deadlineIn(5), neverRuns));
    const inTime = gate.use(NO_DEADLINE, (item) => Promise.resolve(item));
    busyFor(20);
    await holder[Symbol.asyncDispose]();
    expect((await late).reason).toBe("TIMEOUT");
    expect(await inTime).toBe("a");
  });

  test("turns everyone away once it is closed", async () => {
    const gate = aGate();
    await using _holder = hold(gate);
    const waiting = refusalOf(gate.use(NO_DEADLINE, neverRuns));
    gate.close();
    expect((await waiting).reason).toBe("OVERLOADED");
    expect((await refusalOf(gate.use(NO_DEADLINE, neverRuns))).reason).toBe("OVERLOADED");
  });

  test("tells the metrics who waited, who used, and who was turned away", async () => {
    const metrics = createMetrics("api");
    const gate = aGate({ metrics, maxWaiting: 0 });
    const holder = hold(gate);
    await refusalOf(gate.use(NO_DEADLINE, neverRuns));
    await holder[Symbol.asyncDispose]();
    const lines = (await metrics.render()).body.split("\n");
    expect(lines).toEqual(
      expect.arrayContaining([
        'db_client_connection_wait_time_seconds_count{db="primary"} 1',
        'db_client_connection_use_time_seconds_count{db="primary"} 1',
        'db_client_connection_timeouts_total{db="primary"} 1',
      ]),
    );
  });
});

function aGate(overrides: Partial<GateOptions<string>> = {}): Gate<string> {
  return new Gate({
    items: ["a"],
    maxWaiting: 100,
    acquireTimeoutMs: LONG_MS,
    db: "primary",
    ...overrides,
  });
}

/** Keeps an item until disposed of. */
function hold(gate: Gate<string>): AsyncDisposable {
  const { promise, resolve } = Promise.withResolvers<void>();
  const holding = gate.use(NO_DEADLINE, () => promise);
  return {
    [Symbol.asyncDispose]: () => {
      resolve();
      return holding;
    },
  };
}

async function refusalOf(work: Promise<unknown>): Promise<DomainError & { reason: Reason }> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DomainError)) throw new Error("It was not refused.", { cause: error });
  return error;
}

function neverRuns(): Promise<never> {
  throw new Error("It was let in.");
}

function busyFor(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

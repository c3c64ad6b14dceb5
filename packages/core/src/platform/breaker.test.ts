import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ASK_AGAIN_MS, createBreaker, isOpenCircuit } from "./breaker.ts";

class Outage extends Error {}

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

function aBreaker() {
  const breaker = createBreaker({
    dependency: "mail",
    isOutage: (error) => error instanceof Outage,
  });
  const changes: string[] = [];
  breaker.onChange((circuit) => void changes.push(circuit));
  const call = (work: () => Promise<unknown>) =>
    breaker.execute(work).then(
      () => "ok",
      (error: unknown) => (isOpenCircuit(error) ? "refused" : "failed"),
    );
  return { call, changes };
}

const fail = () => Promise.reject(new Outage());
const complain = () => Promise.reject(new Error("this one only"));

describe("platform/breaker", () => {
  test("opens when more than half of five calls met an outage", async () => {
    const { call } = aBreaker();
    await call(async () => undefined);
    await call(async () => undefined);
    const ends: string[] = [];
    for (let calls = 0; calls < 4; calls += 1) ends.push(await call(fail));
    expect(ends).toEqual(["failed", "failed", "failed", "refused"]);
  });

  test("stays closed whatever befalls single calls", async () => {
    const { call, changes } = aBreaker();
    for (let calls = 0; calls < 20; calls += 1) expect(await call(complain)).toBe("failed");
    expect(changes).toEqual([]);
  });

  test("lets one call ask again while the others are refused at once", async () => {
    const { call, changes } = aBreaker();
    for (let calls = 0; calls < 5; calls += 1) await call(fail);
    expect(await call(fail)).toBe("refused");
    vi.setSystemTime(Date.now() + ASK_AGAIN_MS);
    const answer = Promise.withResolvers<void>();
    const asking = call(() => answer.promise);
    expect(await call(fail)).toBe("refused");
    answer.resolve();
    expect(await asking).toBe("ok");
    expect(await call(async () => undefined)).toBe("ok");
    expect(changes).toEqual(["open", "half_open", "closed"]);
  });
});

import { describe, expect, it } from "vitest";
import { Ledger, type Plan } from "./ledger.ts";

const TEN_A_SECOND: Plan = { pace: 10, calls: 1_000, forMs: 1_000 };

/** Plays a round against a server with so many lines, each call taking as long as `serve` says. */
function simulate(plan: Plan, { lines, serve }: { lines: number; serve: (at: number) => number }) {
  const ledger = new Ledger(plan);
  const underWay: { call: number; until: number }[] = [];
  let now = 0;
  for (; !ledger.isOver(now); now += 1) {
    for (const done of underWay.filter(({ until }) => until <= now)) {
      underWay.splice(underWay.indexOf(done), 1);
      ledger.settle(done.call, { at: now, answered: true });
    }
    while (underWay.length < lines && ledger.isDue(now)) {
      underWay.push({ call: ledger.begin(now), until: now + serve(now) });
    }
  }
  return { latencies: [...ledger.latencies()], endedAt: now };
}

describe("an open round", () => {
  it("has as many calls as its pace and its time make, and no more people than there are", () => {
    const serve = () => 5;
    expect(simulate(TEN_A_SECOND, { lines: 50, serve }).latencies).toEqual(Array(10).fill(5));
    expect(simulate({ ...TEN_A_SECOND, calls: 3 }, { lines: 50, serve }).latencies).toHaveLength(3);
  });

  it("charges a stall to every call that was due meanwhile", () => {
    const serve = (at: number) => (at < 500 ? 500 - at : 1);
    const { latencies } = simulate(TEN_A_SECOND, { lines: 1, serve });
    expect(latencies.slice(0, 6)).toEqual([500, 401, 302, 203, 104, 5]);
  });

  it("lets a server that is too slow fall ever further behind", () => {
    const { latencies, endedAt } = simulate(TEN_A_SECOND, { lines: 1, serve: () => 200 });
    expect(latencies).toEqual([200, 300, 400, 500, 600, 700, 800, 900, 1_000, 1_100]);
    expect(endedAt).toBe(2_001);
  });

  it("has everyone due at once where the pace is without end", () => {
    const plan = { pace: Number.POSITIVE_INFINITY, calls: 4, forMs: 1_000 };
    expect(simulate(plan, { lines: 2, serve: () => 10 }).latencies).toEqual([10, 10, 20, 20]);
  });

  it("counts what is never answered as taking for ever", () => {
    const ledger = new Ledger({ ...TEN_A_SECOND, calls: 3 });
    ledger.settle(ledger.begin(0), { at: 7, answered: true });
    ledger.settle(ledger.begin(100), { at: 130, answered: false });
    expect([...ledger.latencies()]).toEqual([
      7,
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]);
    expect(ledger.isOver(5_000)).toBe(false);
  });
});

describe("a closed round", () => {
  const plan: Plan = { pace: "closed", calls: 1_000, forMs: 100 };

  it("calls again once answered, until the time is over, and waits for the last answer", () => {
    const { latencies, endedAt } = simulate(plan, { lines: 2, serve: () => 40 });
    expect(latencies).toEqual(Array(6).fill(40));
    expect(endedAt).toBe(121);
  });

  it("ends when everyone has called", () => {
    const { latencies, endedAt } = simulate({ ...plan, calls: 3 }, { lines: 1, serve: () => 10 });
    expect(latencies).toEqual([10, 10, 10]);
    expect(endedAt).toBe(31);
  });
});

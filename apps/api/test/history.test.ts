import { describe, expect, test } from "vitest";
import { type Change, findViolations, type History, type Op } from "./history.ts";
import { planKills } from "./planned-kills.ts";

const op = (id: string, sentAt: number, told: string): Op => ({
  requestIds: [id],
  sentAt,
  answeredAt: sentAt + 5,
  told,
});
const change = (
  seq: number,
  requestId: string,
  [registrationId, from, to]: [string, string | undefined, string],
): Change => ({ seq, requestId, registrationId, to, ...(from === undefined ? {} : { from }) });

/** One seat: a takes it, b and c wait, a leaves, b is offered it and declines, c is offered it. */
const GOOD: History = {
  capacity: 1,
  ops: [
    op("r1", 0, "confirmed"),
    op("r2", 10, "waitlisted"),
    op("r3", 20, "waitlisted"),
    op("r4", 30, "cancelled"),
    op("r5", 40, "declined"),
    op("r6", 50, "SOLD_OUT"),
  ],
  changes: [
    change(1, "r1", ["a", undefined, "confirmed"]),
    change(2, "r2", ["b", undefined, "waitlisted"]),
    change(3, "r3", ["c", undefined, "waitlisted"]),
    change(4, "r4", ["a", "confirmed", "cancelled"]),
    change(5, "r4", ["b", "waitlisted", "offered"]),
    change(6, "r5", ["b", "offered", "declined"]),
    change(7, "r5", ["c", "waitlisted", "offered"]),
  ],
};

/** The same with some changes replaced. */
function altered(changes: Change[], ops: Op[] = GOOD.ops): History {
  const bySeq = new Map([...GOOD.changes, ...changes].map((each) => [each.seq, each]));
  return { capacity: 1, ops, changes: [...bySeq.values()] };
}

describe("the checker of histories", () => {
  test("finds nothing where nothing is wrong, in whatever order it is told", () => {
    expect(findViolations(GOOD)).toEqual([]);
    expect(findViolations({ ...GOOD, changes: GOOD.changes.toReversed() })).toEqual([]);
  });

  test.each<[string, History, RegExp]>([
    [
      "a seat given twice",
      altered([change(2, "r2", ["b", undefined, "confirmed"])]),
      /2 seats given of 1/,
    ],
    [
      "a queue that is not served from its head",
      altered([
        change(5, "r4", ["c", "waitlisted", "offered"]),
        change(6, "r5", ["c", "offered", "declined"]),
        change(7, "r5", ["b", "waitlisted", "offered"]),
      ]),
      /5: passed 1/,
    ],
    [
      "somebody new who passes the queue",
      altered([change(5, "r4", ["d", undefined, "confirmed"])]),
      /came now and passed 2/,
    ],
    [
      "a seat left free beside people who wait",
      { ...GOOD, changes: GOOD.changes.slice(0, 6) },
      /1 free beside 1 who wait/,
    ],
    [
      "an answer that nothing stands behind",
      altered([], [...GOOD.ops, op("r7", 60, "confirmed")]),
      /r7 was told confirmed, and nothing happened/,
    ],
    [
      "somebody overtaken",
      altered([], [op("r2", -20, "waitlisted"), ...GOOD.ops.filter((each) => each.sentAt !== 10)]),
      /r1 is 1, after 2 was answered/,
    ],
    ["a change that is missing", { ...GOOD, changes: GOOD.changes.slice(1) }, /change 1 has/],
    [
      "a registration that is in two places",
      altered([change(6, "r5", ["b", "confirmed", "cancelled"])]),
      /from confirmed, but they were offered/,
    ],
  ])("finds %s", (_, history, fault) => {
    expect(findViolations(history).join("\n")).toMatch(fault);
  });
});

describe("the plan of kills", () => {
  const first = (seed: number) => Array.from({ length: 200 }, planKills(seed));

  test("is the same for the same seed, however its kills are taken, and another for another", () => {
    const [one, other] = [planKills(7), planKills(7)];
    for (const kill of first(7)) expect([one(), other()]).toEqual([kill, kill]);
    expect(first(8)).not.toEqual(first(7));
  });

  test("leaves time between them, and lets each process have its turn", () => {
    const kills = first(7);
    expect(Math.min(...kills.map(({ answers }) => answers))).toBeGreaterThanOrEqual(40);
    expect(Math.max(...kills.map(({ answers }) => answers))).toBeLessThanOrEqual(140);
    expect(new Set(kills.map(({ victim }) => Math.floor(victim * 2)))).toEqual(new Set([0, 1]));
  });
});

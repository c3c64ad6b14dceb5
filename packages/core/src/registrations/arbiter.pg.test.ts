import { beforeAll, describe, expect, test } from "vitest";
import {
  faultsInTurns,
  faultsOfRush,
  faultsUnderLock,
  refuseUnwritable,
} from "#test/seat-arbiter/faults.ts";
import { MUTANTS } from "#test/seat-arbiter/mutants.ts";
import { type MakeArbiter, plainArbiter } from "#test/seat-arbiter/plain.ts";
import { useStage } from "#test/stage.ts";
import { createArbiter } from "./arbiter.ts";

const stage = useStage();
beforeAll(() => refuseUnwritable(stage));

const BAD = [3, 4, 20, 37];

async function faults(make: MakeArbiter): Promise<string[]> {
  return [
    ...(await faultsOfRush(stage, make, { bad: [] })),
    ...(await faultsOfRush(stage, make, { bad: BAD })),
    ...(await faultsOfRush(stage, make, { bad: BAD, moment: "at the commit" })),
    ...(await faultsUnderLock(stage, make)),
    ...(await faultsInTurns(stage, make)),
  ];
}

describe("a batch with rows that cannot be written", () => {
  test.each([
    ["none", []],
    ["one", [17]],
    ["the last", [37]],
    ["neighbours and others", BAD],
  ])("fails for them alone: %s", async (_, bad) => {
    expect(await faultsOfRush(stage, createArbiter, { bad })).toEqual([]);
    expect(await faultsOfRush(stage, createArbiter, { bad, moment: "at the commit" })).toEqual([]);
  });
});

test("a batch that finds the event locked by another process asks again, and is served", async () => {
  expect(await faultsUnderLock(stage, createArbiter)).toEqual([]);
});

test("a batch waits for its turn", async () => {
  expect(await faultsInTurns(stage, createArbiter)).toEqual([]);
});

describe("what an arbiter is held to", () => {
  test("is kept by one in plain parts too", async () => {
    expect(await faults(plainArbiter)).toEqual([]);
  });

  test.each(MUTANTS)("$what: is found", async ({ wrong, fault }) => {
    const found = await faults((options) => plainArbiter(options, wrong));
    expect(found.join("\n")).toMatch(fault);
  });
});

import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { long } from "#test/config.ts";
import { PEOPLE, rules, steps } from "#test/seat-model/commands.ts";
import { newModel, type Rules } from "#test/seat-model/model.ts";
import { MUTANTS } from "#test/seat-model/mutants.ts";
import { newReal, type Real } from "#test/seat-model/real.ts";
import { useStage } from "#test/stage.ts";

const RUNS = long ? 10_000 : 500;
/** Wrong implementations are found early; a run that finds nothing in so many is a failure of the steps. */
const MUTANT_RUNS = 1_000;

const stage = useStage();
afterAll(() => stage.setNow(new Date()));

/** Any steps in any order do in the database what they do on paper. */
function property(
  change: (real: Real) => Partial<Real> = () => ({}),
  narrowed: Partial<Rules> = {},
) {
  return fc.asyncProperty(rules, steps, async (some, commands) => {
    const given = { ...some, ...narrowed };
    const real = await newReal(stage, await stage.someMembers(PEOPLE), given);
    const setup = () => ({ model: newModel(given), real: { ...real, ...change(real) } });
    await fc.asyncModelRun(setup, commands);
  });
}

describe("an event's seats", () => {
  test(`are as on paper in ${RUNS} runs`, { timeout: RUNS * 1_000 }, async () => {
    await fc.assert(property(), { numRuns: RUNS });
  });

  test.each(MUTANTS)("$what: is found", { timeout: 240_000 }, async ({ wrong, given }) => {
    const found = await fc.check(property(wrong, given), {
      numRuns: MUTANT_RUNS,
      endOnFailure: true,
    });
    // Told or kept otherwise than on paper: a mutant that breaks in another way proves nothing.
    expect(found.errorInstance).toMatchObject({ name: "AssertionError" });
  });
});

import { runCommand } from "./command.ts";
import { type Outcome, report, runStep, type Step } from "./run-step.ts";

const BIN = "node_modules/.bin";

const LINT: Step = {
  name: "lint",
  command: `${BIN}/biome`,
  args: ["ci", "--error-on-warnings", "--max-diagnostics=50", "--colors=off"],
};

const TYPES: Step = {
  name: "types",
  command: `${BIN}/turbo`,
  args: ["run", "check", "--output-logs=errors-only", "--ui=stream", "--continue"],
};

const HOUSE: Step = {
  name: "house",
  command: `${BIN}/vitest`,
  args: ["run", "--project=rule", "packages/core/test/house.test.ts", "--reporter=dot"],
};

/** Lint and types: what can be known without running anything. */
export async function checkSources(): Promise<Outcome[]> {
  return await runAll([LINT, TYPES]);
}

async function runAll(steps: Step[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const step of steps) {
    const outcome = await runStep(step);
    report(outcome);
    outcomes.push(outcome);
  }
  return outcomes;
}

if (import.meta.main) {
  await runCommand(async () => {
    const outcomes = await runAll([LINT, TYPES, HOUSE]);
    return outcomes.some(({ failed }) => failed > 0) ? 1 : 0;
  });
}

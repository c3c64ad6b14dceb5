import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildWeb } from "./build.ts";
import { checkSources } from "./check.ts";
import { runCommand } from "./command.ts";
import { Refusal } from "./refusal.ts";
import { countResults } from "./results.ts";
import { type Outcome, ROOT, report, runProgram } from "./run-step.ts";
import { listFiles, TIERS, type Tier } from "./tiers.ts";

type Request = { long: boolean; filters: string[]; options: string[] };

/** Lint, types and every tier; or, with words that name files, those files only. */
async function test(request: Request): Promise<number> {
  const outcomes = isNarrowed(request) ? [] : await checkSources();
  for (const tier of TIERS) {
    if (isNarrowed(request) && !hasFiles(tier, request.filters)) continue;
    if (tier.servesWeb && !(await hasBuilt(outcomes))) continue;
    const outcome = await runTier(tier, request);
    report(outcome);
    outcomes.push(outcome);
  }
  if (outcomes.length > 1) {
    console.log("");
    outcomes.forEach(report);
  }
  const passed = sum(outcomes.map((outcome) => outcome.passed));
  const failed = sum(outcomes.map((outcome) => outcome.failed));
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

async function hasBuilt(outcomes: Outcome[]): Promise<boolean> {
  try {
    await buildWeb((line) => console.log(line));
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    outcomes.push({ name: "build", seconds: 0, passed: 0, failed: 1 });
    return false;
  }
}

function hasFiles(tier: Tier, filters: string[]): boolean {
  const files = listFiles(ROOT, tier);
  return filters.length === 0 || files.some((file) => filters.some((word) => file.includes(word)));
}

function isNarrowed({ filters, options }: Request): boolean {
  return filters.length + options.length > 0;
}

async function runTier(tier: Tier, request: Request): Promise<Outcome> {
  const started = performance.now();
  const folder = mkdtempSync(join(tmpdir(), "tsudoi-test-"));
  const file = join(folder, "results.json");
  const code = await runProgram({
    name: tier.name,
    command: process.execPath,
    args: [
      join(ROOT, "node_modules/vitest/vitest.mjs"),
      "run",
      `--project=${tier.name}`,
      "--passWithNoTests",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${file}`,
      ...(request.long ? ["--mode=long"] : []),
      ...request.options,
      ...request.filters,
    ],
    live: true,
  });
  const seconds = (performance.now() - started) / 1000;
  const counted = countResults(readResults(file), { code, mayOmit: isNarrowed(request) });
  rmSync(folder, { recursive: true, force: true });
  return { name: tier.name, seconds, ...counted };
}

function readResults(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function readRequest(words: string[]): Request {
  const long = words.includes("--long");
  const rest = words.filter((word) => word !== "--long");
  return {
    long,
    filters: rest.filter((word) => !word.startsWith("-")),
    options: rest.filter((word) => word.startsWith("-")),
  };
}

if (import.meta.main) await runCommand(() => test(readRequest(process.argv.slice(2))));

import { execFile } from "node:child_process";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { continueAfterDeath, type KillReport, killDuringTransfers } from "#test/backend-kills.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { seed } from "#test/seed.ts";
import { copyUnpatchedDriver, victimProgram } from "#test/unpatched-driver.ts";

const KILLS = 20;
const CHILD_TIMEOUT_MS = 15_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

describe("db/pool while backends are killed", () => {
  test("every transaction is all or nothing", async () => {
    const uncaught: unknown[] = [];
    const remember = (error: unknown) => uncaught.push(error);
    for (const event of ["uncaughtException", "unhandledRejection"] as const) {
      process.on(event, remember);
      onTestFinished(() => void process.off(event, remember));
    }
    const report = await killDuringTransfers(database.url, { kills: KILLS, seed });
    expect(report.wrongs, `TEST_SEED=${seed}`).toEqual([]);
    expect(uncaught).toEqual([]);
    expect(report.outcomes.committed).toBeGreaterThan(0);
    expect(report.outcomes.failed + report.outcomes.unknown).toBeGreaterThan(0);
  });

  test("a process outlives the kills without any listener of ours", async () => {
    const end = await runVictim("transfers");
    expect(end, `TEST_SEED=${seed}`).toMatchObject({
      code: 0,
      report: { kills: KILLS, wrongs: [] },
    });
  });

  test("a transaction never goes on outside itself", async () => {
    const report = await continueAfterDeath(database.url);
    expect(report).toEqual({
      kills: 1,
      outcomes: { committed: 0, failed: 1, unknown: 0 },
      wrongs: [],
    });
  });

  test("the driver without the patch ends the process", async () => {
    await using driver = await copyUnpatchedDriver();
    const end = await runVictim("transfers", driver.hook);
    expect(end.code).not.toBe(0);
    expect(end.stderr).toContain("TypeError: Cannot read properties of null (reading 'write')");
  });

  test("the driver that forgets that its connection closed tears a transaction", async () => {
    await using driver = await copyUnpatchedDriver("src/index.js");
    const end = await runVictim("continue", driver.hook);
    expect(end.report?.wrongs).toEqual(["transfer 0 failed with credit"]);
  });
});

type End = { code: number | string | null; stderr: string; report?: KillReport };

function runVictim(scenario: "transfers" | "continue", hook?: string): Promise<End> {
  const own = [victimProgram, scenario, database.url, String(seed)];
  const args = [...(hook ? ["--import", hook] : []), ...own];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { timeout: CHILD_TIMEOUT_MS }, (error, stdout, stderr) => {
      const code = error ? (error.code ?? error.signal ?? null) : 0;
      resolve({ code, stderr, ...(stdout ? { report: JSON.parse(stdout) as KillReport } : {}) });
    });
  });
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, isFree } from "@tsudoi/core/test/services/ports.ts";
import { vi } from "vitest";

const SRC = join(import.meta.dirname, "../src");
const READY_WITHIN_MS = 50_000;

export type Place = { dataDir: string; url: string; env: Record<string, string> };

/** A data folder and ports that nothing else uses. */
export async function aPlace(parts: AsyncDisposableStack): Promise<Place> {
  const dataDir = await mkdtemp(join(tmpdir(), "tsudoi-start-"));
  parts.defer(() => rm(dataDir, { recursive: true, force: true }));
  const port = await freePort();
  const metricsPort = await freePairOfPorts();
  return {
    dataDir,
    url: `http://127.0.0.1:${port}`,
    env: { DATA_DIR: dataDir, PORT: String(port), METRICS_PORT: String(metricsPort) },
  };
}

async function freePairOfPorts(): Promise<number> {
  for (;;) {
    const port = await freePort();
    if (await isFree(port + 1)) return port;
  }
}

export type Finished = { code: number | null; stdout: string; stderr: string };

/** Runs one command to its end. */
export async function runCommand(
  command: string,
  options: { env: Record<string, string>; args?: string[] },
): Promise<Finished> {
  return await begin(command, options).finished;
}

export type RunningCommand = AsyncDisposable & {
  pid: number;
  output: () => string;
  finished: Promise<Finished>;
  send: (signal: NodeJS.Signals) => void;
};

/** Starts the whole system and resolves once it says that it serves. */
export async function runStart(
  env: Record<string, string>,
  command: "start" | "dev" = "start",
): Promise<RunningCommand> {
  const running = begin(command, { env });
  try {
    await vi.waitUntil(() => running.output().includes("Ctrl-C stops everything"), {
      timeout: READY_WITHIN_MS,
    });
    return running;
  } catch {
    await running[Symbol.asyncDispose]();
    throw new Error(`it did not start: ${running.output()}`);
  }
}

export function begin(
  command: string,
  { env, args = [] }: { env: Record<string, string>; args?: string[] },
): RunningCommand {
  const assignments = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const program = [process.execPath, join(SRC, `${command}.ts`), ...args];
  // The settings of whoever runs the tests are not for it.
  const others = ["DATABASE_URL", "REDIS_URL", "DEMO"].flatMap((name) => ["-u", name]);
  const child = spawn("env", [...others, ...assignments, ...program], { stdio: "pipe" });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const finished = once(child, "close").then(([code]) => ({ code, stdout, stderr }));
  return {
    pid: child.pid ?? 0,
    output: () => stdout + stderr,
    finished,
    send: (signal) => void child.kill(signal),
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await finished;
    },
  };
}

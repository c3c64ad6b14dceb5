import { type ChildProcess, spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { keepAlive } from "./keep-alive.ts";
import { lastWords, openLog, trimLog } from "./log-file.ts";
import { Refusal } from "./refusal.ts";
import { ROOT } from "./run-step.ts";

export type ChildOptions = {
  /** As people are told about it. */
  title: string;
  args: string[];
  env: Record<string, string>;
  log: string;
  isReady: () => Promise<boolean>;
  /** How long it may drain when asked to stop. */
  graceMs: number;
  onStart: (pid: number) => void;
  say: (line: string) => void;
  onGiveUp: (reason: string) => void;
};

/** Disposing of it asks the process to end and waits until it has. */
export type SupervisedChild = AsyncDisposable & {
  /** Resolves once it serves; rejects, with its last words, when it ends before that. */
  ready: Promise<void>;
};

const READY_WITHIN_MS = 60_000;
const READY_POLL_MS = 50;
const TRIM_EVERY_MS = 10_000;

/** Starts one process of ours and, once it has served, keeps it alive. */
export function superviseChild(options: ChildOptions): SupervisedChild {
  let child = launch(options);
  let alive: { release: () => void } | undefined;
  const stopping = new AbortController();
  const keep = () => {
    if (stopping.signal.aborted) return;
    alive = keepAlive({
      ...options,
      ended: async () => withLastWords(options, await child.ended),
      restart: () => {
        child = launch(options);
      },
    });
  };
  const trim = setInterval(() => trimLog(options.log), TRIM_EVERY_MS);
  return {
    ready: waitUntilReady(child, options, stopping.signal).then(keep),
    async [Symbol.asyncDispose]() {
      clearInterval(trim);
      stopping.abort();
      alive?.release();
      await end(child, options.graceMs);
    },
  };
}

type Running = { process: ChildProcess; ended: Promise<string> };

function launch(options: ChildOptions): Running {
  const log = openLog(options.log);
  const child = spawn(process.execPath, options.args, {
    cwd: ROOT,
    env: options.env,
    // Ctrl-C reaches the whole group: only this process decides who ends when.
    detached: true,
    // The channel closes when this process dies, and the child then drains by itself.
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  if (child.pid !== undefined) options.onStart(child.pid);
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  return { process: child, ended };
}

async function waitUntilReady(
  child: Running,
  options: ChildOptions,
  stopping: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  let end: string | undefined;
  void child.ended.then((reason) => {
    end = reason;
  });
  while (!(await options.isReady())) {
    stopping.throwIfAborted();
    if (end !== undefined) {
      throw new Refusal(`${options.title} did not start: ${withLastWords(options, end)}`);
    }
    if (Date.now() > deadline) {
      child.process.kill("SIGKILL");
      throw new Refusal(`${options.title} did not start: ${withLastWords(options, "no answer")}`);
    }
    await pause(READY_POLL_MS, undefined, { signal: stopping });
  }
}

async function end(child: Running, graceMs: number): Promise<void> {
  child.process.kill("SIGTERM");
  const force = setTimeout(() => child.process.kill("SIGKILL"), graceMs);
  await child.ended;
  clearTimeout(force);
  await waitForGroup(child.process.pid);
}

/** Watching for changes is done by a parent, which may end just before the process that it restarts. */
const GROUP_MS = 5_000;

async function waitForGroup(pid: number | undefined): Promise<void> {
  const deadline = Date.now() + GROUP_MS;
  while (pid !== undefined && Date.now() < deadline) {
    try {
      process.kill(-pid, 0);
    } catch {
      return;
    }
    await pause(READY_POLL_MS);
  }
}

function withLastWords({ log }: ChildOptions, reason: string): string {
  const words = lastWords(log);
  return `${words ?? reason} (see ${log})`;
}

import { type ChildProcess, spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { lastWords, openLog, trimLog } from "./log-file.ts";
import { Refusal } from "./refusal.ts";
import { ROOT } from "./run-step.ts";

export type ChildOptions = {
  /** As people are told about it. */
  title: string;
  args: string[];
  env: Record<string, string>;
  log: string;
  /** Answers true once it serves. */
  isReady: () => Promise<boolean>;
  /** How long it may drain when asked to stop. */
  graceMs: number;
  onStart: (pid: number) => void;
  say: (line: string) => void;
  /** It died too often: nobody tries again. */
  onGiveUp: (reason: string) => void;
};

export type SupervisedChild = {
  /** Resolves once it serves; rejects when the first try ends before that. */
  ready: Promise<void>;
  /** Asks it to end and resolves when it has; kills it after its grace. */
  stop: () => Promise<void>;
  kill: () => void;
};

const READY_WITHIN_MS = 60_000;
const READY_POLL_MS = 50;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
const MOST_DEATHS_IN_A_ROW = 5;
/** Living this long makes a death a new one, not the next of a row. */
const STEADY_MS = 60_000;
const TRIM_EVERY_MS = 10_000;

/** Keeps one process of ours running: starts it again when it dies, later each time, and not for ever. */
export function supervise(options: ChildOptions): SupervisedChild {
  const state: State = { stopping: false, deaths: 0, child: launch(options) };
  const ready = waitUntilReady(state.child, options);
  // Whoever awaits `ready` hears of it; the watcher below must not be the second to fail.
  void ready.then(
    () => keepRunning(state, options),
    () => {},
  );
  const trim = setInterval(() => trimLog(options.log), TRIM_EVERY_MS);
  return {
    ready,
    async stop() {
      clearInterval(trim);
      state.stopping = true;
      clearTimeout(state.pause);
      await end(state.child, options.graceMs);
    },
    kill: () => void state.child.process.kill("SIGKILL"),
  };
}

type Running = { process: ChildProcess; startedAt: number; ended: Promise<string> };
type State = { stopping: boolean; deaths: number; child: Running; pause?: NodeJS.Timeout };

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
    child.once("exit", (code, signal) => resolve(signal === null ? `exit code ${code}` : signal));
  });
  return { process: child, startedAt: Date.now(), ended };
}

async function waitUntilReady(child: Running, options: ChildOptions): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  let end: string | undefined;
  void child.ended.then((reason) => {
    end = reason;
  });
  while (!(await options.isReady())) {
    if (end !== undefined)
      throw new Refusal(`${options.title} ended before it served: ${why(options, end)}`);
    if (Date.now() > deadline) {
      child.process.kill("SIGKILL");
      throw new Refusal(
        `${options.title} did not serve within ${READY_WITHIN_MS / 1_000} s: ${why(options, "no answer")}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, READY_POLL_MS));
  }
}

async function keepRunning(state: State, options: ChildOptions): Promise<void> {
  const reason = await state.child.ended;
  if (state.stopping) return;
  state.deaths = Date.now() - state.child.startedAt > STEADY_MS ? 1 : state.deaths + 1;
  const words = why(options, reason);
  if (state.deaths > MOST_DEATHS_IN_A_ROW) {
    options.onGiveUp(`${options.title} ended ${state.deaths} times in a row: ${words}`);
    return;
  }
  const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (state.deaths - 1), LONGEST_PAUSE_MS);
  options.say(`${options.title} ended (${words}); starting it again in ${pauseMs / 1_000} s`);
  state.pause = setTimeout(() => {
    state.child = launch(options);
    void keepRunning(state, options);
  }, pauseMs);
}

async function end(child: Running, graceMs: number): Promise<void> {
  child.process.kill("SIGTERM");
  const force = setTimeout(() => child.process.kill("SIGKILL"), graceMs);
  await child.ended;
  clearTimeout(force);
}

function why(options: ChildOptions, reason: string): string {
  const words = lastWords(options.log);
  return words === undefined ? reason : `${reason}; ${words} (see ${options.log})`;
}

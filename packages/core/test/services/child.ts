import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";

const KEPT_LINES = 100;

export type ChildOptions = {
  name: string;
  command: string;
  args: string[];
  cwd?: string;
  env?: Record<string, string>;
  uid?: number;
  gid?: number;
  /** Written to its standard input, which is then closed. */
  input?: string;
  /** The line by which it says that it serves. */
  ready: RegExp;
  readyWithinMs?: number;
  /** What it gets when this process dies without having stopped it. */
  orphanSignal?: NodeJS.Signals;
  onLog?: (line: string) => void;
};

export type Child = {
  pid: number;
  /** Resolves with its last words once it is gone. */
  exited: Promise<string>;
  running: () => boolean;
  send: (signal: NodeJS.Signals) => void;
  /** Sends each signal in turn until the process is gone; the last one is SIGKILL. */
  stop: (steps: readonly StopStep[]) => Promise<void>;
};

export type StopStep = { signal: NodeJS.Signals; forMs: number };

export class StartError extends Error {
  readonly log: readonly string[];

  constructor(name: string, reason: string, log: readonly string[]) {
    super(`${name} did not start: ${reason}`);
    this.log = log;
  }
}

/** Starts a server process that never outlives this one, and resolves once it says that it is ready. */
export async function startChild(options: ChildOptions): Promise<Child> {
  const log: string[] = [];
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: options.env,
    uid: options.uid,
    gid: options.gid,
    // Ctrl-C in a terminal goes to the whole group: only this process may decide the order of the end.
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const gone = exit(child);
  const ready = readLines(child, options, log);
  child.stdin.on("error", () => {});
  child.stdin.end(options.input ?? "");

  const timer = new AbortController();
  const outcome = await Promise.race([
    ready.then(() => "ready" as const),
    gone,
    wait(options.readyWithinMs ?? 30_000, "no answer in time", { signal: timer.signal }),
  ]).finally(() => timer.abort());
  if (outcome === "ready") return asChild(child, gone, options);
  child.kill("SIGKILL");
  throw new StartError(options.name, lastWords(log) ?? outcome, log);
}

function asChild(child: ChildProcess, gone: Promise<string>, options: ChildOptions): Child {
  const pid = child.pid ?? 0;
  const running = () => child.exitCode === null && child.signalCode === null;
  const watcher = watchParent(pid, options.orphanSignal ?? "SIGKILL");
  void gone.then(() => watcher.kill("SIGKILL"));
  return {
    pid,
    exited: gone.then((reason) => `${options.name} ended: ${reason}`),
    running,
    send: (signal) => void child.kill(signal),
    stop: async (steps) => {
      for (const { signal, forMs } of [...steps, { signal: "SIGKILL", forMs: 5_000 } as const]) {
        if (!running()) break;
        child.kill(signal);
        await waitAtMost(gone, forMs);
      }
    },
  };
}

// Its pipe closes when this process ends, however it ends: kill -9 included.
function watchParent(pid: number, signal: NodeJS.Signals): ChildProcess {
  const script = 'read -r _; kill -s "$1" "$2"';
  const watcher = spawn("/bin/sh", ["-c", script, "sh", signal.slice(3), String(pid)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watcher.on("error", () => {});
  watcher.unref();
  const pipe = watcher.stdin as unknown as { unref: () => void };
  pipe.unref();
  return watcher;
}

function readLines(child: ChildProcess, options: ChildOptions, log: string[]): Promise<void> {
  return new Promise((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on("line", (line) => {
        log.push(line);
        if (log.length > KEPT_LINES) log.shift();
        options.onLog?.(line);
        if (options.ready.test(line)) resolve();
      });
    }
  });
}

async function exit(child: ChildProcess): Promise<string> {
  try {
    const [code, signal] = await once(child, "close");
    return signal ? `killed by ${signal}` : `exit code ${code}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function waitAtMost(event: Promise<unknown>, ms: number): Promise<void> {
  const timer = new AbortController();
  await Promise.race([event, wait(ms, undefined, { signal: timer.signal })]).finally(() =>
    timer.abort(),
  );
}

function lastWords(log: readonly string[]): string | undefined {
  return log.findLast((line) => /FATAL|PANIC|error|could not/i.test(line)) ?? log.at(-1);
}

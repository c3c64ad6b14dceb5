import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { constants } from "node:os";

const FORWARDED = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"];
// A terminal and npm both pass one Ctrl-C on.
const SAME_PRESS_MS = 500;
const PARENT_POLL_MS = 500;

/**
 * Runs the command as a process of its own, passes signals on to it once each, and answers its exit code.
 * The command is asked to end when this process, or the npm that started it, is gone.
 */
export function runCommand({ script, node, env, args }) {
  const child = spawn(node, [script, ...args], { env, stdio: "inherit", detached: true });
  const lastSent = {};
  for (const signal of FORWARDED) {
    process.on(signal, () => {
      if (Date.now() - (lastSent[signal] ?? 0) < SAME_PRESS_MS) return;
      lastSent[signal] = Date.now();
      child.kill(signal);
    });
  }
  if (env.npm_lifecycle_event) watchParents(() => child.kill("SIGTERM"));
  watchSelf(child.pid);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}

/** Ends this process on a signal with everything put back as it was; until the answer is called. */
export function endOnSignal() {
  const handlers = FORWARDED.map((signal) => {
    const handler = () => process.exit(128 + constants.signals[signal]);
    process.once(signal, handler);
    return { signal, handler };
  });
  return () => {
    for (const { signal, handler } of handlers) process.off(signal, handler);
  };
}

function watchParents(onGone) {
  const before = parents();
  const timer = setInterval(() => {
    if (parents() === before) return;
    clearInterval(timer);
    onGone();
  }, PARENT_POLL_MS);
  timer.unref();
}

/** npm starts a shell, which starts this process or becomes it. */
function parents() {
  const parent = process.ppid;
  try {
    const stat = readFileSync(`/proc/${parent}/stat`, "utf8");
    const [, name, grandparent] = /^\d+ \((.*)\) \S (\d+)/.exec(stat);
    return /^(ba|da)?sh$/.test(name) ? `${parent} ${grandparent}` : `${parent}`;
  } catch {
    return `${parent}`;
  }
}

// The pipe closes when this process ends, kill -9 included.
function watchSelf(pid) {
  const script = 'read -r _; kill -s TERM "$1" 2>/dev/null';
  const watcher = spawn("/bin/sh", ["-c", script, "sh", String(pid)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watcher.on("error", () => {});
  watcher.unref();
  watcher.stdin.unref();
}

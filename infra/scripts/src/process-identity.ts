import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { Refusal } from "./refusal.ts";

/** One process for good: the system gives a pid again, but not with the same start time. */
export type ProcessIdentity = { pid: number; startedAt: string };

/** Who runs under a pid now, if anyone. */
export function identify(pid: number): ProcessIdentity | undefined {
  const startedAt = process.platform === "linux" ? startFromProc(pid) : startFromPs(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

export function isRunning(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startedAt === identity.startedAt;
}

export type StopOptions = { signal: NodeJS.Signals; graceMs: number };

const POLL_MS = 25;
/** The kernel needs moments to end what was killed; one that waits for a disk that is gone never ends. */
const KILLED_MS = 10_000;

/** Returns when exactly this process is gone: asked first, killed when the grace has passed. */
export async function stopProcess(identity: ProcessIdentity, options: StopOptions): Promise<void> {
  send(identity, options.signal);
  const deadline = Date.now() + options.graceMs;
  while (isRunning(identity)) {
    if (Date.now() > deadline) send(identity, "SIGKILL");
    if (Date.now() > deadline + KILLED_MS)
      throw new Refusal(`process ${identity.pid}, which a killed start left, does not end`);
    await pause(POLL_MS);
  }
}

function send(identity: ProcessIdentity, signal: NodeJS.Signals): void {
  if (!isRunning(identity)) return;
  try {
    process.kill(identity.pid, signal);
  } catch {
    // It ended between the look and the signal.
  }
}

/** Fields of /proc/<pid>/stat after the name, which may itself hold spaces and brackets. */
const STATE = 0;
const START_TIME = 19;

function startFromProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[STATE] === "Z" && !hasOtherThreads(pid)) return undefined;
    return `${bootId()}:${fields[START_TIME]}`;
  } catch {
    return undefined;
  }
}

/** A process whose first thread has ended holds its ports until the last one has. */
function hasOtherThreads(pid: number): boolean {
  return readdirSync(`/proc/${pid}/task`).length > 1;
}

/** Start times count from the boot, so that after the next one they mean something else. */
function bootId(): string {
  return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
}

function startFromPs(pid: number): string | undefined {
  const { status, stdout } = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], {
    encoding: "utf8",
  });
  return status === 0 ? stdout.trim() : undefined;
}

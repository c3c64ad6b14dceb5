import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Stop, step } from "./run.mjs";

const POLL_MS = 200;
/** Longer than a slow network takes for everything that a fresh clone needs. */
const PATIENCE_MS = 20 * 60_000;
/** Between a lock's making and its writing are moments: after this its maker is dead. */
const WRITTEN_MS = 5_000;

/** Two commands of a fresh clone may start at once: the second waits while the first one installs. */
export async function withLock(folder, work, patienceMs = PATIENCE_MS) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "bootstrap.lock");
  await take(file, patienceMs);
  const release = () => rmSync(file, { force: true });
  process.once("exit", release);
  try {
    return await work();
  } finally {
    process.off("exit", release);
    release();
  }
}

async function take(file, patienceMs) {
  const deadline = Date.now() + patienceMs;
  for (let told; !make(file); await wait(POLL_MS)) {
    if (!isHeld(file)) {
      rmSync(file, { force: true });
      continue;
    }
    const [pid] = read(file).split(" ");
    const holder = pid ? `process ${pid}` : "another command";
    if (Date.now() > deadline) {
      throw new Stop(`${holder} has been installing for too long: end it, or remove ${file}`);
    }
    if (told !== holder) step(`Waiting for ${holder}, which is installing (${file})`);
    told = holder;
  }
}

function make(file) {
  try {
    writeFileSync(file, `${process.pid} ${startOf(process.pid)}`, { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    return false;
  }
}

/** A pid comes again, also to a process that lives long; with another start, it is not the one that took the lock. */
function isHeld(file) {
  const [, pid, start] = /^(\d+) (.+)$/.exec(read(file)) ?? [];
  return pid === undefined ? isYoung(file) : startOf(pid) === start;
}

function isYoung(file) {
  const made = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return Math.abs(Date.now() - made) < WRITTEN_MS;
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return "";
    throw error;
  }
}

/** When the process of a pid began, counted from a boot that is named; nothing when none runs. */
function startOf(pid) {
  if (process.platform !== "linux") {
    return spawnSync("ps", ["-o", "lstart=", "-p", `${pid}`], { encoding: "utf8" }).stdout.trim();
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return state === "Z" ? "" : `${boot}:${rest[18]}`;
  } catch {
    return "";
  }
}

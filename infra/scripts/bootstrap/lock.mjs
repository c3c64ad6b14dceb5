import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { step } from "./run.mjs";

const POLL_MS = 200;

/** Two commands of a fresh clone may start at once: the second waits while the first one installs. */
export async function withLock(folder, work) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "bootstrap.lock");
  for (let told = false; !take(file); told = true) {
    if (!told) step("Another command is installing; waiting for it");
    await wait(POLL_MS);
  }
  const release = () => rmSync(file, { force: true });
  process.once("exit", release);
  try {
    return await work();
  } finally {
    process.off("exit", release);
    release();
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    if (!isHeld(file)) rmSync(file, { force: true });
    return false;
  }
}

function isHeld(file) {
  try {
    const pid = Number(readFileSync(file, "utf8"));
    // Empty for the moment between its making and its writing.
    if (pid > 0) process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

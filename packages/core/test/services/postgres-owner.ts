import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import type { Cluster } from "./postgres-cluster.ts";

const run = promisify(execFile);
const ORPHAN_GOES_WITHIN_MS = 20_000;

/** Makes sure that no other server runs on the folder: refuses a live owner's, ends one left behind. */
export async function claimFolder({ folder, dataDirectory }: Cluster): Promise<void> {
  const ownerFile = join(folder, "owner");
  const pidFile = join(dataDirectory, "postmaster.pid");
  const server = await readPid(pidFile);
  if (server && (await isPostgres(server))) {
    const owner = await readPid(ownerFile);
    if (owner && (await describe(owner))) {
      throw new Error(`${folder} is in use: process ${owner} runs PostgreSQL on it.`);
    }
    await endOrphan(server);
  } else if (server) {
    // The number belongs to another program by now; PostgreSQL would believe the file.
    await rm(pidFile, { force: true });
  }
  await writeFile(ownerFile, `${process.pid}\n`, { mode: 0o600 });
}

async function endOrphan(pid: number): Promise<void> {
  const until = Date.now() + ORPHAN_GOES_WITHIN_MS;
  process.kill(pid, "SIGINT");
  while (await isPostgres(pid)) {
    if (Date.now() > until) throw new Error(`PostgreSQL ${pid}, left behind, does not end.`);
    await wait(50);
  }
}

async function readPid(path: string): Promise<number | undefined> {
  const [line] = (await readFile(path, "utf8").catch(() => "")).split("\n");
  const pid = Number(line);
  return Number.isInteger(pid) && pid > 1 ? pid : undefined;
}

async function isPostgres(pid: number): Promise<boolean> {
  return (await describe(pid)).includes("postgres");
}

/** The program's name; empty when it has ended, though its parent may not have noticed yet. */
async function describe(pid: number): Promise<string> {
  const [state = "Z", name = ""] = await (process.platform === "linux" ? fromProc : fromPs)(pid);
  return state.startsWith("Z") ? "" : name;
}

async function fromProc(pid: number): Promise<string[]> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  const [, name, state] = /^\d+ \((.*)\) (\S)/.exec(stat) ?? [];
  return state && name ? [state, name] : [];
}

async function fromPs(pid: number): Promise<string[]> {
  const asked = run("ps", ["-o", "stat=,comm=", "-p", String(pid)]);
  const { stdout } = await asked.catch(() => ({ stdout: "" }));
  return stdout.trim().split(/\s+/);
}

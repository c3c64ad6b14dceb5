import { readFile, readlink, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Cluster } from "./postgres-cluster.ts";
import { programName } from "./processes.ts";

const ORPHAN_GOES_WITHIN_MS = 20_000;

/** Makes sure that no other server runs on the folder: refuses a live owner's, ends one left behind. */
export async function claimFolder({ folder, dataDirectory }: Cluster): Promise<void> {
  const ownerFile = join(folder, "owner");
  const pidFile = join(dataDirectory, "postmaster.pid");
  const server = await readPid(pidFile);
  if (server && (await serves(server, dataDirectory))) {
    const owner = await readPid(ownerFile);
    if (owner && (await programName(owner))) {
      throw new Error(`${folder} is in use: process ${owner} runs PostgreSQL on it.`);
    }
    await endOrphan(server, dataDirectory);
  } else if (server) {
    // The number belongs to another process by now; PostgreSQL would believe the file.
    await rm(pidFile, { force: true });
  }
  await writeFile(ownerFile, `${process.pid}\n`, { mode: 0o600 });
}

async function endOrphan(pid: number, dataDirectory: string): Promise<void> {
  const until = Date.now() + ORPHAN_GOES_WITHIN_MS;
  process.kill(pid, "SIGINT");
  while (await serves(pid, dataDirectory)) {
    if (Date.now() > until) throw new Error(`PostgreSQL ${pid}, left behind, does not end.`);
    await wait(50);
  }
}

async function readPid(path: string): Promise<number | undefined> {
  const [line] = (await readFile(path, "utf8").catch(() => "")).split("\n");
  const pid = Number(line);
  return Number.isInteger(pid) && pid > 1 ? pid : undefined;
}

/** After a reboot the number may be another PostgreSQL's; each of them works in its own data directory. */
async function serves(pid: number, dataDirectory: string): Promise<boolean> {
  if (!(await programName(pid)).includes("postgres")) return false;
  if (process.platform !== "linux") return true;
  // Another user's is closed to us, and not ours.
  const place = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  return place === dataDirectory;
}

import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The name of the program that runs under a pid; empty when it has ended, though its parent may not have noticed yet. */
export async function programName(pid: number): Promise<string> {
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

import { rmSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";
import { readJson, writeJson } from "./json-file.ts";
import { identify, isRunning, stopProcess } from "./process-identity.ts";
import { Refusal } from "./refusal.ts";

/** Stopped in this order; what serves people goes before what it needs. */
export const CHILDREN = ["web", "api", "worker", "redis", "postgres"] as const;
export type ChildName = (typeof CHILDREN)[number];

const Child = z.object({ name: z.enum(CHILDREN), pid: z.number(), startedAt: z.string() });
const RunRecord = z.object({
  pid: z.number(),
  startedAt: z.string(),
  /** Follows "process 123", for people. */
  doing: z.string(),
  stopping: z.boolean(),
  children: z.array(Child),
});
export type RunRecord = z.infer<typeof RunRecord>;

const FILE = "run.json";

/** One that a crash of the machine damaged names nobody: what it named is gone as well. */
export function readRunRecord(dataDir: string): RunRecord | undefined {
  try {
    return readJson(join(dataDir, FILE), RunRecord);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** The start that runs on a data folder now. */
export function findRunningStart(dataDir: string): RunRecord | undefined {
  const record = readRunRecord(dataDir);
  return record !== undefined && isRunning(record) ? record : undefined;
}

/** Who runs on a data folder, kept on disk: a start that was killed cannot tell the next one otherwise. */
export type RunBook = {
  noteChild: (name: ChildName, pid: number) => void;
  noteStopping: () => void;
  close: () => void;
};

export function openRunBook(dataDir: string, doing: string): RunBook {
  const path = join(dataDir, FILE);
  const own = identify(process.pid);
  if (own === undefined) throw new Error("this process is not to be seen");
  const record: RunRecord = { ...own, doing, stopping: false, children: [] };
  writeJson(path, record);
  return {
    noteChild(name, pid) {
      const identity = identify(pid);
      const others = record.children.filter((child) => child.name !== name);
      record.children = identity === undefined ? others : [...others, { name, ...identity }];
      writeJson(path, record);
    },
    noteStopping() {
      record.stopping = true;
      writeJson(path, record);
    },
    close: () => rmSync(path, { force: true }),
  };
}

const GRACE_MS = { web: 2_000, api: 20_000, worker: 35_000, redis: 10_000, postgres: 30_000 };

/** Ends what a killed start left behind, and nothing else: pids are compared with their start times. */
export async function stopLeftovers(dataDir: string): Promise<ChildName[]> {
  const left = (readRunRecord(dataDir)?.children ?? []).filter(isRunning);
  for (const name of CHILDREN) {
    const child = left.find((candidate) => candidate.name === name);
    // PostgreSQL takes SIGTERM as "wait until every client has left".
    const signal = name === "postgres" ? "SIGINT" : "SIGTERM";
    if (child !== undefined) await stopProcess(child, { signal, graceMs: GRACE_MS[name] });
  }
  rmSync(join(dataDir, FILE), { force: true });
  return left.map((child) => child.name);
}

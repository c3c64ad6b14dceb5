import { rmSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";
import { readJson, writeJson } from "./json-file.ts";
import { findRunningStart } from "./run-record.ts";

/** The parts of a running system, for whoever joins it. */
const Services = z.object({
  apiUrl: z.string(),
  metricsUrls: z.array(z.string()),
  /** With every right; the processes themselves connect with fewer, by `env`. */
  databaseUrl: z.string(),
  redisUrl: z.string(),
  env: z.record(z.string(), z.string()),
});
export type Services = z.infer<typeof Services>;

const FILE = "services.json";

export function writeServices(dataDir: string, services: Services): Disposable {
  writeJson(join(dataDir, FILE), services);
  return { [Symbol.dispose]: () => removeServices(dataDir) };
}

export function removeServices(dataDir: string): void {
  rmSync(join(dataDir, FILE), { force: true });
}

/** The parts of the system that runs on a data folder; what a killed one left behind does not count. */
export function findRunningServices(dataDir: string): Services | undefined {
  if (findRunningStart(dataDir) === undefined) return undefined;
  return readJson(join(dataDir, FILE), Services);
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";
import { ROOT } from "./run-step.ts";

const Manifest = z.object({ version: z.string() });

export const APP_VERSION = Manifest.parse(
  JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")),
).version;

/** Compares the three numbers of two versions. */
export function isNewer(version: string, than: string): boolean {
  return version.localeCompare(than, "en", { numeric: true }) > 0;
}

import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type * as z from "zod/mini";
import { Refusal } from "./refusal.ts";

/** What a file of ours holds, or undefined where there is none; a damaged one is never taken for none. */
export function readJson<Schema extends z.ZodMiniType>(
  path: string,
  schema: Schema,
): z.infer<Schema> | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return schema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    throw new Refusal(`${path} is damaged: restore the data folder from a backup`);
  }
}

/** Readers see the old content or the new one, never half of it, and only the owner reads at all. */
export function writeJson(path: string, value: unknown): void {
  const next = `${path}.next`;
  // On disk before it takes the old one's place: else a crash of the machine may leave it empty.
  writeFileSync(next, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(next, path);
}

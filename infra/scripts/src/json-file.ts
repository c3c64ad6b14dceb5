import { readFileSync, renameSync, writeFileSync } from "node:fs";
import type * as z from "zod/mini";

/** What a file of ours holds, or undefined where it is absent or not what it should be. */
export function readJson<Schema extends z.ZodMiniType>(
  path: string,
  schema: Schema,
): z.infer<Schema> | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return undefined;
  }
}

/** Readers see the old content or the new one, never half of it; nobody else on the machine sees either. */
export function writeJson(path: string, value: unknown): void {
  const next = `${path}.next`;
  writeFileSync(next, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(next, path);
}

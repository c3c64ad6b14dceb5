import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import * as z from "zod/mini";

/** What an archive says about itself: whoever restores it compares. */
export const Manifest = z.object({
  format: z.literal(1),
  version: z.string(),
  madeAt: z.string(),
  /** Rows of each table, as the archived cluster itself counted them. */
  rows: z.record(z.string(), z.number()),
  /** SHA-256 of each file, by its path in the archive. */
  files: z.record(z.string(), z.string()),
});
export type Manifest = z.infer<typeof Manifest>;

export const MANIFEST = "manifest.json";

/** The digest of every file below a folder, but for the manifest itself. */
export async function digestFiles(folder: string): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path);
    if (entry.isFile() && name !== MANIFEST) digests[name] = await digest(path);
  }
  return digests;
}

async function digest(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest("hex");
}

/** The first name under which two lists differ: missing in one, or with another value. */
export function findDifference<Value extends string | number>(
  expected: Record<string, Value>,
  found: Record<string, Value>,
): string | undefined {
  const names = new Set([...Object.keys(expected), ...Object.keys(found)]);
  return [...names].sort().find((name) => expected[name] !== found[name]);
}

import { randomBytes } from "node:crypto";
import { join } from "node:path";
import * as z from "zod/mini";
import { readJson, writeJson } from "./json-file.ts";

const KEY_BYTES = 32;
const Kept = z.object({ secrets: z.string(), databasePassword: z.string() });
export type KeptSecrets = z.infer<typeof Kept>;

/** The keys of an embedded system: made at its first start, and never again. */
export function keptSecrets(dataDir: string): KeptSecrets {
  const path = join(dataDir, "secrets.json");
  const kept = readJson(path, Kept);
  if (kept !== undefined) return kept;
  const made = { secrets: randomText(), databasePassword: randomText() };
  writeJson(path, made);
  return made;
}

function randomText(): string {
  return randomBytes(KEY_BYTES).toString("base64url");
}

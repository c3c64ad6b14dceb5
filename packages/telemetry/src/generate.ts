import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { artefacts } from "./artefacts.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");

for (const [file, text] of artefacts()) {
  const target = path.join(ROOT, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, text);
}

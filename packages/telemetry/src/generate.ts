import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { artefacts } from "./artefacts.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const files = artefacts();

for (const folder of new Set([...files.keys()].map((file) => path.dirname(file)))) {
  await mkdir(path.join(ROOT, folder), { recursive: true });
  // The folder itself stays: a running Prometheus may have it mounted.
  for (const name of await readdir(path.join(ROOT, folder))) {
    if (!files.has(`${folder}/${name}`)) await rm(path.join(ROOT, folder, name));
  }
}

for (const [file, text] of files) await writeFile(path.join(ROOT, file), text);

import { existsSync } from "node:fs";
import { chmod, mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { FOLDER_MODE, openDataFolder } from "#scripts/data-folder.ts";
import { readJson } from "#scripts/json-file.ts";
import type { Progress } from "#scripts/progress.ts";
import { Refusal } from "#scripts/refusal.ts";
import { APP_VERSION, isNewer } from "#scripts/version.ts";
import type { ArchiveOptions } from "./make-archive.ts";
import { recover } from "./make-archive.ts";
import { digestFiles, findDifference, MANIFEST, Manifest } from "./manifest.ts";
import { unpackFile } from "./tar.ts";

/** What an otherwise empty data folder may hold: the programs that the bootstrap brought, and our lock. */
const NOT_DATA = new Set(["tools", "lock"]);

/** Makes a data folder from an archive: complete, and with the rows that were counted then, or not at all. */
export async function restoreArchive({
  dataDir,
  file,
  progress,
}: ArchiveOptions): Promise<Manifest> {
  if (!existsSync(file)) throw new Refusal(`there is no file ${file}`);
  using _folder = await openDataFolder(dataDir);
  const found = (await readdir(dataDir)).filter((name) => !NOT_DATA.has(name));
  if (found.length > 0) {
    throw new Refusal(`data folder ${dataDir} is not empty: set DATA_DIR to a new folder`);
  }
  const unpacked = join(dataDir, "restore");
  await mkdir(unpacked, { mode: FOLDER_MODE });
  await chmod(unpacked, FOLDER_MODE);
  try {
    await progress.step("Unpacking", () => unpackFile(file, unpacked));
    const manifest = await progress.step("Comparing files", () => compareFiles(unpacked, file));
    await progress.step("Starting and counting", () => compareRows(unpacked, manifest, progress));
    await rm(join(unpacked, MANIFEST));
    for (const name of (await readdir(unpacked)).toSorted(clusterLast)) {
      await rename(join(unpacked, name), join(dataDir, name));
    }
    return manifest;
  } finally {
    await rm(unpacked, { recursive: true, force: true });
  }
}

/** A folder with a cluster counts as whole, so what the cluster needs, its keys above all, is there before it. */
function clusterLast(one: string, other: string): number {
  return Number(one === "postgres") - Number(other === "postgres");
}

async function compareFiles(folder: string, file: string): Promise<Manifest> {
  const manifest = existsSync(join(folder, MANIFEST))
    ? readJson(join(folder, MANIFEST), Manifest)
    : undefined;
  if (manifest === undefined) throw new Refusal(`${file} is no backup of a data folder`);
  if (isNewer(manifest.version, APP_VERSION)) {
    throw new Refusal(
      `${file} was made by Tsudoi ${manifest.version}, newer than this ${APP_VERSION}: use that version or a newer one`,
    );
  }
  const wrong = findDifference(manifest.files, await digestFiles(folder));
  if (wrong !== undefined) throw new Refusal(`${file} is damaged: ${wrong} is not what was packed`);
  return manifest;
}

async function compareRows(folder: string, manifest: Manifest, progress: Progress): Promise<void> {
  const rows = await recover(folder, progress);
  const wrong = findDifference(manifest.rows, rows);
  if (wrong === undefined) return;
  throw new Refusal(
    `table ${wrong} has ${rows[wrong] ?? 0} rows instead of ${manifest.rows[wrong] ?? 0}`,
  );
}

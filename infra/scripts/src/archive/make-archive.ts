import { existsSync } from "node:fs";
import { chmod, copyFile, lstat, mkdtemp, realpath, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { FOLDER_MODE, openDataFolder } from "#scripts/data-folder.ts";
import { DATABASE } from "#scripts/database.ts";
import { startEmbeddedPostgres } from "#scripts/embedded.ts";
import { writeJson } from "#scripts/json-file.ts";
import type { Progress } from "#scripts/progress.ts";
import { Refusal } from "#scripts/refusal.ts";
import { findRunningServices, type Services } from "#scripts/services-file.ts";
import { APP_VERSION } from "#scripts/version.ts";
import { copyRunning, copyStopped, copyTree } from "./copy-cluster.ts";
import { countRows } from "./count-rows.ts";
import { digestFiles, MANIFEST, type Manifest } from "./manifest.ts";
import { packFolder } from "./tar.ts";

/** Redis is left out: what it knows, the outbox in PostgreSQL tells it again. */
const KEPT = ["secrets.json", "version.json"];

export type ArchiveOptions = { dataDir: string; file: string; progress: Progress };

/**
 * Puts a data folder into one file, also while the system runs. The cluster in it is a copy that was started,
 * recovered, counted and stopped: what cannot be restored does not become an archive.
 */
export async function makeArchive({ dataDir, file, progress }: ArchiveOptions): Promise<Manifest> {
  if (existsSync(file)) throw new Refusal(`${file} exists already: name a new file`);
  if (!existsSync(dirname(file))) throw new Refusal(`there is no folder ${dirname(file)}`);
  await using parts = new AsyncDisposableStack();
  const services = findRunningServices(dataDir);
  if (services === undefined) parts.use(await openDataFolder(dataDir));
  if (!existsSync(join(dataDir, "postgres"))) {
    throw new Refusal(
      `there is no embedded PostgreSQL in ${dataDir}: set DATA_DIR to the folder to back up`,
    );
  }
  const copy = await mkdtemp(join(dataDir, "backup-"));
  parts.defer(() => rm(copy, { recursive: true, force: true }));
  await chmod(copy, FOLDER_MODE);
  await progress.step("Copying", () => copyData(dataDir, copy, services));
  const rows = await progress.step("Recovering and counting the copy", () =>
    recover(copy, progress),
  );
  const manifest = await progress.step("Packing", async () => {
    const files = await digestFiles(copy);
    const made = {
      format: 1,
      version: APP_VERSION,
      madeAt: new Date().toISOString(),
      rows,
      files,
    } as const;
    writeJson(join(copy, MANIFEST), made);
    // The signing keys are in it.
    await writeFile(`${file}.part`, "", { mode: 0o600 });
    await packFolder(copy, `${file}.part`);
    await rename(`${file}.part`, file);
    return made;
  });
  return manifest;
}

async function copyData(
  dataDir: string,
  copy: string,
  services: Services | undefined,
): Promise<void> {
  const [from, to] = [join(dataDir, "postgres"), join(copy, "postgres")];
  if (services === undefined) await copyStopped(from, to);
  else await copyRunning(from, to, services.databaseUrl);
  for (const name of KEPT.filter((kept) => existsSync(join(dataDir, kept))))
    await copyFile(join(dataDir, name), join(copy, name));
  if (existsSync(join(dataDir, "mail"))) await copyTree(join(dataDir, "mail"), join(copy, "mail"));
}

/** Starts the copied cluster once, so that it stands recovered and stopped, and answers what is in it. */
export async function recover(folder: string, progress: Progress): Promise<Record<string, number>> {
  const service = await startEmbeddedPostgres({ config: { dataDir: folder }, progress });
  try {
    return await countRows(service.url(DATABASE));
  } finally {
    await service.stop();
    await rm(join(folder, "logs"), { recursive: true, force: true });
    await bringHome(join(folder, "postgres"));
  }
}

/** Where the server's user cannot enter the folder, it runs elsewhere and leaves a link. */
async function bringHome(path: string): Promise<void> {
  const place = await realpath(path);
  if (!(await lstat(path)).isSymbolicLink()) return;
  await rm(path);
  await copyTree(place, path);
  await rm(place, { recursive: true });
}

import type { OperatorConfig } from "./config.ts";
import { openDataFolder } from "./data-folder.ts";
import { applyMigrations, DATABASE, ensureDatabase, refuseUnusable } from "./database.ts";
import { startEmbeddedPostgres } from "./embedded.ts";
import type { Progress } from "./progress.ts";
import { openRunBook, stopLeftovers } from "./run-record.ts";
import { keptSecrets } from "./secrets-file.ts";
import { findRunningServices, removeServices } from "./services-file.ts";

/** The database that an operator's command works on. */
export type Target = {
  url: string;
  /** The signing keys; absent where the database is not embedded. */
  secrets: string | undefined;
};

export type TargetOptions = { config: OperatorConfig; progress: Progress };

/**
 * The database of the settings; else the one of the system that runs on the data folder; else the folder's own,
 * started for the time, with the folder held meanwhile.
 */
export async function openTarget(
  { config, progress }: TargetOptions,
  parts: AsyncDisposableStack,
): Promise<Target> {
  if (config.databaseUrl !== undefined) {
    await refuseUnusable(config.databaseUrl);
    return { url: config.databaseUrl, secrets: undefined };
  }
  const running = findRunningServices(config.dataDir);
  if (running !== undefined) {
    const secrets = running.env.EMBEDDED === "1" ? running.env.SECRETS : undefined;
    return { url: running.databaseUrl, secrets };
  }
  return await startForTheTime({ config, progress }, parts);
}

async function startForTheTime(
  { config, progress }: TargetOptions,
  parts: AsyncDisposableStack,
): Promise<Target> {
  const folder = parts.use(await openDataFolder(config.dataDir));
  await stopLeftovers(folder.path);
  removeServices(folder.path);
  const { secrets } = keptSecrets(folder.path);
  const book = openRunBook(folder.path, "running a command");
  parts.defer(book.close);
  const url = await progress.step("PostgreSQL", async () => {
    const service = parts.use(await startEmbeddedPostgres({ config, progress }));
    book.noteChild("postgres", service.pid);
    await ensureDatabase(service.url("postgres"));
    return service.url(DATABASE);
  });
  await progress.step("Migrations", () => applyMigrations(url));
  folder.recordVersion();
  return { url, secrets };
}

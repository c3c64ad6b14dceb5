import { copyFile, mkdir, readdir, realpath, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Sql } from "postgres";
import { connect } from "#scripts/database.ts";

/** What a server writes for itself while it runs: worthless or harmful in a copy. */
const NOT_COPIED = new Set(["postmaster.pid", "postmaster.opts"]);
const EMPTY_IN_COPY = new Set([
  "pg_dynshmem",
  "pg_notify",
  "pg_replslot",
  "pg_serial",
  "pg_snapshots",
  "pg_stat_tmp",
  "pg_subtrans",
]);
const LOG = "pg_wal";

/** Copies PostgreSQL's folder while nobody runs on it. */
export async function copyStopped(from: string, to: string): Promise<void> {
  await copyTree(await realpath(from), to, NOT_COPIED);
}

/** Copies PostgreSQL's folder while it serves: what the copy recovers to is the moment the copying ended. */
export async function copyRunning(from: string, to: string, url: string): Promise<void> {
  const source = await realpath(from);
  await using connection = connect(url);
  const { sql } = connection;
  // Holds back the log that the copy will need, until this connection ends.
  await sql`select pg_create_physical_replication_slot(${SLOT}, true, true)`;
  await sql`select pg_backup_start('tsudoi backup', fast => true)`;
  await copyTree(source, to, new Set([...NOT_COPIED, LOG]));
  await mkdir(join(to, "cluster", LOG), { mode: 0o700 });
  const label = await stopBackup(sql);
  await copyTree(join(source, "cluster", LOG), join(to, "cluster", LOG), NOT_COPIED);
  await writeFile(join(to, "cluster/backup_label"), label, { mode: 0o600 });
}

const SLOT = `tsudoi_backup_${process.pid}`;

async function stopBackup(sql: Sql): Promise<string> {
  const [row] = await sql<{ label: string }[]>`
    select labelfile as label from pg_backup_stop(wait_for_archive => false)`;
  if (row === undefined) throw new Error("PostgreSQL did not end the backup");
  return row.label;
}

/** Copies a folder whose files may come and go meanwhile. */
export async function copyTree(
  from: string,
  to: string,
  left: ReadonlySet<string> = new Set(),
): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (left.has(entry.name)) continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (!entry.isDirectory()) await copyOne(source, target);
    else if (EMPTY_IN_COPY.has(entry.name)) await mkdir(target, { mode: 0o700 });
    else await copyTree(source, target, left);
  }
}

/** A file that goes away meanwhile is one that recovery does not need or makes again. */
async function copyOne(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
}

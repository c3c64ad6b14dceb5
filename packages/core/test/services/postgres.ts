import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type Child, StartError, type StopStep, startChild } from "./child.ts";
import { temporaryFolder } from "./folders.ts";
import { freePort } from "./ports.ts";
import { type Cluster, prepareCluster, SUPERUSER } from "./postgres-cluster.ts";
import { claimFolder } from "./postgres-owner.ts";

export type PostgresOptions = {
  /** Its own folder, used by nothing else; without one, a temporary folder that goes with it. */
  dataDir?: string;
  port?: number;
  /** False: a crash of the machine may lose everything. For tests, where that buys speed. */
  durable?: boolean;
  /** The server's own log, line by line. */
  onLog?: (line: string) => void;
  /** What is worth telling a person who waits. */
  onStep?: (line: string) => void;
};

export type PostgresService = AsyncDisposable & {
  readonly port: number;
  readonly pid: number;
  /** The folder that PostgreSQL itself calls its data directory. */
  readonly clusterDir: string;
  /** Resolves with the reason when the server ends, wanted or not. */
  readonly exited: Promise<string>;
  /** A superuser's connection string. */
  url(database: string): string;
  /** Starts it again, on the same port, after `kill` or `stop`. */
  start(): Promise<void>;
  /** Ends every session, writes everything, and goes: 20 seconds at the most. */
  stop(): Promise<void>;
  /** SIGKILL of the server's first process, as a crash would. */
  kill(): Promise<void>;
};

const READY = /database system is ready to accept connections/;
// Recovery after a crash reads up to max_wal_size of log.
const READY_WITHIN_MS = 120_000;
const MOST_TRIES = 5;
const FAST_SHUTDOWN: StopStep = { signal: "SIGINT", forMs: 15_000 };
const IMMEDIATE_SHUTDOWN: StopStep = { signal: "SIGQUIT", forMs: 5_000 };

/** Starts a PostgreSQL 18 of its own on loopback, with everything that was in its folder still there. */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresService> {
  const durable = options.durable ?? true;
  const temporary = options.dataDir ? undefined : await temporaryFolder("tsudoi-postgres");
  const dataDir = options.dataDir ?? temporary?.path ?? "";
  const cluster = await prepareCluster({ dataDir, durable, onStep: options.onStep });
  let { child, port } = await launch(cluster, options);

  const stop = async () => {
    await child.stop(durable ? [FAST_SHUTDOWN, IMMEDIATE_SHUTDOWN] : [IMMEDIATE_SHUTDOWN]);
  };
  return {
    get port() {
      return port;
    },
    get pid() {
      return child.pid;
    },
    get exited() {
      return child.exited;
    },
    clusterDir: cluster.dataDirectory,
    url: (database) =>
      `postgres://${SUPERUSER}:${cluster.password}@127.0.0.1:${port}/${encodeURIComponent(database)}`,
    start: async () => {
      if (child.running()) return;
      ({ child, port } = await launch(cluster, { ...options, port }));
    },
    stop,
    kill: () => child.stop([]),
    [Symbol.asyncDispose]: async () => {
      await stop();
      await temporary?.remove();
    },
  };
}

type Launched = { child: Child; port: number };

async function launch(cluster: Cluster, options: PostgresOptions): Promise<Launched> {
  await claimFolder(cluster);
  for (let tries = 1; ; tries += 1) {
    const port = options.port ?? (await freePort());
    try {
      return { child: await startServer(cluster, port, options), port };
    } catch (error) {
      if (!(error instanceof StartError)) throw error;
      const log = error.log.join("\n");
      if (/Address already in use/.test(log)) {
        if (options.port) throw new Error(`PostgreSQL did not start: port ${port} is taken.`);
      } else if (!/still in use|starting up|shutting down/.test(log)) throw error;
      if (tries === MOST_TRIES) throw error;
      // Sessions of a killed server notice within moments that it is gone.
      await wait(tries * 200);
    }
  }
}

async function startServer(
  cluster: Cluster,
  port: number,
  options: PostgresOptions,
): Promise<Child> {
  const settings = {
    ...SETTINGS,
    ...(options.durable === false ? FAST_AND_LOOSE : {}),
    port: String(port),
  };
  return await startChild({
    name: "PostgreSQL",
    command: cluster.postgres,
    args: [
      ["-D", cluster.dataDirectory],
      ...Object.entries(settings).map(([name, value]) => ["-c", `${name}=${value}`]),
    ].flat(),
    cwd: cluster.dataDirectory,
    env: cluster.env,
    ...cluster.user,
    ready: READY,
    readyWithinMs: READY_WITHIN_MS,
    // Quick and safe: the write-ahead log has every commit.
    orphanSignal: "SIGQUIT",
    ...(options.onLog ? { onLog: options.onLog } : {}),
  });
}

const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "200",
  wal_level: "replica",
  shared_preload_libraries: "pg_stat_statements",
  log_lock_waits: "on",
  // Found before lock_timeout ends the wait, a deadlock is told from a long queue and tried again.
  deadlock_timeout: "500ms",
  log_line_prefix: "%m [%p] %a ",
  log_timezone: "UTC",
  timezone: "UTC",
  // Short queries only: compiling one costs more than running it.
  jit: "off",
};

const FAST_AND_LOOSE = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
};

/** The version a data folder was made with, or undefined for a new folder. */
export async function clusterVersion(dataDir: string): Promise<string | undefined> {
  const version = await readFile(join(dataDir, "cluster", "PG_VERSION"), "utf8").catch(() => "");
  return version.trim() || undefined;
}

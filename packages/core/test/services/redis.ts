import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { type Child, StartError, startChild } from "./child.ts";
import { keptPassword, temporaryFolder } from "./folders.ts";
import { freePort } from "./ports.ts";
import { findTool } from "./tools.ts";

export type RedisOptions = {
  /** Its own folder, used by nothing else; without one, a temporary folder that goes with it. */
  dataDir?: string;
  port?: number;
  /** True: what it holds survives a stop, and a crash but for the last second. */
  persist?: boolean;
  /** What it does when its memory is full; a wrong one for tests only. */
  evicts?: "allkeys-lru";
  /** The server's own log, line by line. */
  onLog?: (line: string) => void;
};

export type RedisService = AsyncDisposable & {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Resolves with the reason when the server ends, wanted or not. */
  readonly exited: Promise<string>;
  /** Starts it again, on the same port and with the same password, after `kill` or `stop`. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** SIGKILL, as a crash would. */
  kill(): Promise<void>;
};

const MOST_TRIES = 5;

/** Starts a Redis (or Valkey) of its own on loopback, behind a password. */
export async function startRedis(options: RedisOptions = {}): Promise<RedisService> {
  const temporary = options.dataDir ? undefined : await temporaryFolder("tsudoi-redis");
  const folder = options.dataDir ?? temporary?.path ?? "";
  await mkdir(folder, { recursive: true });
  const password = options.dataDir
    ? await keptPassword(folder)
    : randomBytes(24).toString("base64url");
  const home: Home = {
    folder,
    password,
    persist: options.persist ?? false,
    policy: options.evicts ?? "noeviction",
  };
  let { child, port } = await launch(home, options);

  const stop = () => child.stop([{ signal: "SIGTERM", forMs: 10_000 }]);
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
    get url() {
      return `redis://:${password}@127.0.0.1:${port}`;
    },
    start: async () => {
      if (child.running()) return;
      ({ child, port } = await launch(home, { ...options, port }));
    },
    stop,
    kill: () => child.stop([]),
    [Symbol.asyncDispose]: async () => {
      await stop();
      await temporary?.remove();
    },
  };
}

type Home = { folder: string; password: string; persist: boolean; policy: string };
type Launched = { child: Child; port: number };

async function launch(home: Home, options: RedisOptions): Promise<Launched> {
  for (let tries = 1; ; tries += 1) {
    const port = options.port ?? (await freePort());
    try {
      return { child: await startServer(home, port, options), port };
    } catch (error) {
      const taken = error instanceof StartError && /in use/.test(error.log.join("\n"));
      if (taken && options.port) throw new Error(`Redis did not start: port ${port} is taken.`);
      if (!taken || tries === MOST_TRIES) throw error;
    }
  }
}

async function startServer(home: Home, port: number, options: RedisOptions): Promise<Child> {
  return await startChild({
    name: "Redis",
    command: await findTool("redis"),
    // Settings come by standard input: a password among the arguments would be there for all to see.
    args: ["-"],
    cwd: home.folder,
    input: settings(home, port),
    ready: /Ready to accept connections/,
    orphanSignal: "SIGTERM",
    ...(options.onLog ? { onLog: options.onLog } : {}),
  });
}

function settings({ folder, password, persist, policy }: Home, port: number): string {
  return `${[
    "bind 127.0.0.1",
    `port ${port}`,
    `requirepass ${password}`,
    `dir ${JSON.stringify(folder)}`,
    "daemonize no",
    'save ""',
    `appendonly ${persist ? "yes" : "no"}`,
    "appendfsync everysec",
    // A queue that forgets under pressure loses mail: refusing writes is the lesser evil.
    `maxmemory-policy ${policy}`,
  ].join("\n")}\n`;
}

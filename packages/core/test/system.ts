import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { parseSecrets } from "#core/platform/secrets.ts";
import { createTokens, type Tokens } from "#core/platform/tokens.ts";
import { compileCache } from "./config.ts";
import { createTestDatabase } from "./database.ts";
import { startChild } from "./services/child.ts";
import { type RedisService, startRedis } from "./services/redis.ts";
import { type SmtpService, startSmtp } from "./services/smtp.ts";

/** One process of the system, started as an operator would. */
export type SystemProcess = {
  url: string;
  metricsUrl: string;
  pid: number;
  running: () => boolean;
  exited: Promise<string>;
  kill: () => Promise<void>;
  stop: () => Promise<void>;
};

export type TestSystem = AsyncDisposable & {
  databaseUrl: string;
  redis: RedisService;
  smtp: SmtpService;
  tokens: Tokens;
  apis: SystemProcess[];
  workers: SystemProcess[];
  /** What a further process needs to join. */
  env: Record<string, string>;
  startApi: (options?: ProcessOptions) => Promise<SystemProcess>;
  startWorker: (options?: ProcessOptions) => Promise<SystemProcess>;
};

export type ProcessOptions = { env?: Record<string, string>; main?: URL };
export type SystemOptions = {
  apis?: number;
  workers?: number;
  env?: Record<string, string>;
  /** Another program in the API's place: what a test must be able to tell from it. */
  apiMain?: URL;
  /** Every line that any of its processes writes. */
  onLog?: (line: string) => void;
};

const API_MAIN = new URL("../../../apps/api/src/main.ts", import.meta.url);
const WORKER_MAIN = new URL("../../../apps/worker/src/main.ts", import.meta.url);

/** API and worker processes on a database, a Redis and a mail server of their own. */
export async function startSystem(options: SystemOptions = {}): Promise<TestSystem> {
  await using cleanUp = new AsyncDisposableStack();
  const database = cleanUp.use(await createTestDatabase());
  const redis = cleanUp.use(await startRedis());
  const smtp = cleanUp.use(await startSmtp());
  const secrets = randomBytes(32).toString("base64url");
  const env = {
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    SMTP_URL: smtp.url,
    MAIL_FROM: "Tsudoi <tsudoi@example.test>",
    SECRETS: secrets,
    PORT: "0",
    METRICS_PORT: "0",
    EMBEDDED: "1",
    NODE_COMPILE_CACHE: compileCache,
    LOG_LEVEL: "info",
    ...options.env,
  };
  const system: Omit<TestSystem, keyof AsyncDisposable> = {
    databaseUrl: database.url,
    redis,
    smtp,
    tokens: createTokens(parseSecrets(secrets)),
    apis: [],
    workers: [],
    env,
    startApi: (wanted = {}) =>
      startProcess({
        name: "api",
        main: wanted.main ?? options.apiMain ?? API_MAIN,
        env,
        wanted,
        into: system.apis,
        onLog: options.onLog,
      }),
    startWorker: (wanted = {}) =>
      startProcess({
        name: "worker",
        main: WORKER_MAIN,
        env,
        wanted,
        into: system.workers,
        onLog: options.onLog,
      }),
  };
  cleanUp.defer(async () => {
    await Promise.all([...system.apis, ...system.workers].map((running) => running.stop()));
  });
  await Promise.all([
    ...Array.from({ length: options.apis ?? 1 }, () => system.startApi()),
    ...Array.from({ length: options.workers ?? 0 }, () => system.startWorker()),
  ]);
  const owned = cleanUp.move();
  return Object.assign(system, { [Symbol.asyncDispose]: () => owned.disposeAsync() });
}

type Launch = {
  name: string;
  main: URL;
  env: Record<string, string>;
  wanted: ProcessOptions;
  into: SystemProcess[];
  onLog: ((line: string) => void) | undefined;
};

async function startProcess(launch: Launch): Promise<SystemProcess> {
  const { name, main, env, wanted, into } = launch;
  let url = "";
  let metricsUrl = "";
  const child = await startChild({
    name,
    command: process.execPath,
    args: [fileURLToPath(main)],
    env: { ...env, ...wanted.env },
    ready: /"msg":"(?:listening|working)"/,
    orphanSignal: "SIGKILL",
    onLog: (line) => {
      launch.onLog?.(line);
      const started = /"msg":"(?:listening|working)"/.test(line) ? JSON.parse(line) : undefined;
      if (started === undefined) return;
      url = started.url ?? "";
      metricsUrl = started.metrics_url;
    },
  });
  const running: SystemProcess = {
    url,
    metricsUrl,
    pid: child.pid,
    running: child.running,
    exited: child.exited,
    kill: () => child.stop([]),
    stop: () => child.stop([{ signal: "SIGTERM", forMs: 20_000 }]),
  };
  into.push(running);
  return running;
}

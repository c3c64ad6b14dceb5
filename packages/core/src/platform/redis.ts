import type { Metrics } from "@tsudoi/telemetry/metrics.ts";
import { Redis, type RedisOptions } from "ioredis";
import { type Logger, sparingly } from "./log.ts";

export type { Redis } from "ioredis";

export type RedisRole = "cache" | "ratelimit" | "queue";

const MAX_RETRY_MS = 1_000;
const CONNECT_TIMEOUT_MS = 2_000;

/** A link that may be down: every command answers or fails within half a second, nothing queues up. */
export function createRedis(
  url: string,
  options: { role: RedisRole; log: Logger; metrics?: Metrics },
): Redis {
  const settings: Settings = { ...FAIL_FAST, ...BY_ROLE[options.role] };
  const redis = new Redis(url, settings);
  watch(redis, options);
  measure(redis, options);
  return redis;
}

type Settings = Omit<RedisOptions, "replyMapping">;

const FAIL_FAST: Settings = {
  lazyConnect: false,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 1,
  commandTimeout: 500,
  connectTimeout: CONNECT_TIMEOUT_MS,
  socketTimeout: 3_000,
  enableAutoPipelining: true,
  retryStrategy: (attempt) => Math.min(50 * 2 ** attempt, MAX_RETRY_MS),
};

const BY_ROLE: Record<RedisRole, Settings> = {
  cache: {},
  ratelimit: { commandTimeout: 200 },
  queue: {},
};

/** A link for BullMQ's blocking reads: waits for Redis to come back instead of failing the worker. */
export function createBlockingRedis(
  url: string,
  options: { log: Logger; metrics?: Metrics },
): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    connectTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: 15_000,
    retryStrategy: (attempt) => Math.min(50 * 2 ** attempt, MAX_RETRY_MS),
  });
  watch(redis, { role: "queue", ...options });
  return redis;
}

/** Without a listener an error event ends the process. */
function watch(redis: Redis, options: { role: RedisRole; log: Logger; metrics?: Metrics }): void {
  const mayLog = sparingly();
  redis.on("error", (error: Error) => {
    if (mayLog()) options.log.warn({ err: error, role: options.role }, "redis is not answering");
  });
  redis.on("reconnecting", () =>
    options.metrics?.redisClientReconnectsTotal.inc({ role: options.role }),
  );
}

/** Everything a client sends passes through this one method of it. */
function measure(redis: Redis, { role, metrics }: { role: RedisRole; metrics?: Metrics }): void {
  if (metrics === undefined) return;
  const send = redis.sendCommand.bind(redis);
  redis.sendCommand = (command, stream) => {
    const startedAt = performance.now();
    const observe = () =>
      metrics.redisClientCommandDurationSeconds.observe(
        { role },
        (performance.now() - startedAt) / 1_000,
      );
    command.promise.then(observe, observe);
    return send(command, stream);
  };
}

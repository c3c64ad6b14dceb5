import type { AddressInfo } from "node:net";
import { createDatabase } from "@tsudoi/core/db/client.ts";
import { refuseUnmigrated } from "@tsudoi/core/db/migrate.ts";
import { createSeatWatch, type SeatWatch } from "@tsudoi/core/events/seat-watch.ts";
import { createCache } from "@tsudoi/core/platform/cache.ts";
import { atMost } from "@tsudoi/core/platform/lifecycle.ts";
import type { Logger } from "@tsudoi/core/platform/log.ts";
import { parseMailAddress } from "@tsudoi/core/platform/mail-address.ts";
import { serveMetrics } from "@tsudoi/core/platform/metrics-server.ts";
import { createRedis, type Redis } from "@tsudoi/core/platform/redis.ts";
import { parseSecrets } from "@tsudoi/core/platform/secrets.ts";
import { createTokens } from "@tsudoi/core/platform/tokens.ts";
import { hasWorker } from "@tsudoi/core/platform/worker-beat.ts";
import { createArbiter } from "@tsudoi/core/registrations/arbiter.ts";
import { isDatabaseUp } from "@tsudoi/core/system/queries.ts";
import type { Metrics } from "@tsudoi/telemetry/metrics.ts";
import type { Config } from "./config.ts";
import type { Platform } from "./context.ts";
import { createHealth, type Health } from "./health.ts";
import { createLimits } from "./rate-limits.ts";
import { createServer } from "./server.ts";
import { describeSystem } from "./system-info.ts";

/** To the primary, the probe's included. */
const CONNECTIONS = 10;
/** Load balancers need this long to see that the process is leaving. */
const LAME_DUCK_MS = 5_000;
const DRAIN_MS = 10_000;
const CLOSE_MS = 3_000;

export type Api = { url: string; metricsUrl: string; stop: () => Promise<void> };

export type ApiParts = {
  log: Logger;
  metrics: Metrics;
  /** Tests put wrong ones here, which they must be able to tell from the right one. */
  makeSeats?: typeof createArbiter;
};

/** One API process: everything it holds is made here, and given back in reverse by `stop`. */
export async function startApi(config: Config, parts: ApiParts): Promise<Api> {
  const { log, metrics, makeSeats = createArbiter } = parts;
  await refuseUnmigrated(config.databaseUrl);
  const cleanUp = new AsyncDisposableStack();
  const database = cleanUp.use(
    createDatabase({
      url: config.databaseUrl,
      replicaUrl: config.replicaUrl,
      max: CONNECTIONS - 1,
      applicationName: "tsudoi-api",
      metrics,
    }),
  );
  // Of its own: a pool full of people is a busy process, not one to take out of service.
  const probe = cleanUp.use(
    createDatabase({ url: config.databaseUrl, max: 1, applicationName: "tsudoi-probe" }),
  );
  const openRedis = (role: "cache" | "ratelimit") =>
    cleanUp.adopt(createRedis(config.redisUrl, { role, log, metrics }), (redis) =>
      redis.disconnect(),
    );
  const redis = openRedis("ratelimit");
  const shared = {
    db: database.primary,
    now: () => new Date(),
    log,
    cache: createCache({
      metrics,
      log,
      links: { publisher: redis, subscriber: openRedis("cache") },
    }),
    tokens: createTokens(parseSecrets(config.secrets)),
    metrics,
  };
  const seatWatch = cleanUp.use(createSeatWatch({ context: shared, metrics }));
  const platform: Platform = {
    ...shared,
    seatWatch,
    seats: makeSeats({ context: { ...shared, actor: { kind: "system" } } }),
    limits: createLimits({ enabled: config.rateLimits, redis, metrics }),
    calendarHost: { publicUrl: config.publicUrl, from: parseMailAddress(config.mailFrom) },
    info: describeSystem(config),
  };
  const health = createHealth(checksOf(probe.primary, redis));
  const server = await createServer({ config, platform, health });
  const metricsServer = cleanUp.use(
    await serveMetrics({ ...config, port: config.metricsPort, metrics }),
  );
  await server.listen({ port: config.port, host: config.host });
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `http://${config.host}:${port}`,
    metricsUrl: metricsServer.url,
    stop: () =>
      drain({ server, health, seatWatch, cleanUp, lameDuckMs: config.embedded ? 0 : LAME_DUCK_MS }),
  };
}

/** Ready once a worker was seen; later a worker that is away is its own alarm, not a reason to refuse people. */
function checksOf(db: Platform["db"], redis: Redis) {
  let sawWorker = false;
  return [
    { name: "database", run: () => isDatabaseUp({ db }) },
    {
      name: "worker",
      run: async () => {
        sawWorker ||= await hasWorker(redis);
        return sawWorker;
      },
    },
  ];
}

type Draining = {
  server: { close: () => PromiseLike<unknown> };
  health: Health;
  seatWatch: SeatWatch;
  cleanUp: AsyncDisposableStack;
  lameDuckMs: number;
};

async function drain({ server, health, seatWatch, cleanUp, lameDuckMs }: Draining): Promise<void> {
  health.startDraining();
  const { promise, resolve } = Promise.withResolvers<void>();
  setTimeout(resolve, lameDuckMs);
  await promise;
  const closed = Promise.resolve(server.close());
  // Not before: whoever comes back at once would find this process again.
  seatWatch[Symbol.dispose]();
  await atMost(DRAIN_MS, closed);
  await atMost(CLOSE_MS, cleanUp.disposeAsync());
}

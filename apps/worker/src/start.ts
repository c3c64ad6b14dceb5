import { createDatabase } from "@tsudoi/core/db/client.ts";
import { refuseUnmigrated } from "@tsudoi/core/db/migrate.ts";
import { createQueues } from "@tsudoi/core/jobs/queues.ts";
import { startRelay } from "@tsudoi/core/jobs/relay.ts";
import { createCache } from "@tsudoi/core/platform/cache.ts";
import { NO_DEADLINE } from "@tsudoi/core/platform/deadline.ts";
import { atMost } from "@tsudoi/core/platform/lifecycle.ts";
import type { Logger } from "@tsudoi/core/platform/log.ts";
import { createMailer } from "@tsudoi/core/platform/mail.ts";
import { serveMetrics } from "@tsudoi/core/platform/metrics-server.ts";
import { createRedis } from "@tsudoi/core/platform/redis.ts";
import { refuseForgetfulRedis } from "@tsudoi/core/platform/redis-memory.ts";
import { parseSecrets } from "@tsudoi/core/platform/secrets.ts";
import { createTokens } from "@tsudoi/core/platform/tokens.ts";
import { noSeats } from "@tsudoi/core/registrations/no-seats.ts";
import type { Metrics } from "@tsudoi/telemetry/metrics.ts";
import { startCollector } from "./collector.ts";
import type { Config } from "./config.ts";
import { startFleet } from "./fleet.ts";
import type { JobContext } from "./handlers.ts";
import { startSchedules } from "./schedules.ts";

const CONNECTIONS = 8;
/** Twice, around the jobs' 25 s: together well within the time after which the end is forced. */
const STOP_MS = 3_000;
/** A worker waits longer than a person does, both for a connection and for its answer. */
const TIMEOUTS = {
  acquireMs: 10_000,
  statementMs: 30_000,
  answerMs: 40_000,
  transactionMs: 60_000,
};

export type WorkerApp = { metricsUrl: string; stop: () => Promise<void> };

/** One worker process: relay, fleet, schedules and the look at what all share. */
export async function startWorker(
  config: Config,
  { log, metrics }: { log: Logger; metrics: Metrics },
): Promise<WorkerApp> {
  await refuseUnmigrated(config.databaseUrl);
  const cleanUp = new AsyncDisposableStack();
  const database = cleanUp.use(
    createDatabase({
      url: config.databaseUrl,
      max: CONNECTIONS,
      applicationName: "tsudoi-worker",
      metrics,
      timeouts: TIMEOUTS,
    }),
  );
  const redis = cleanUp.adopt(
    createRedis(config.redisUrl, { role: "queue", log, metrics }),
    (link) => link.disconnect(),
  );
  await refuseForgetfulRedis(redis, log);
  const queues = cleanUp.adopt(createQueues(redis, log), (open) => open.close());
  const mailer = cleanUp.adopt(
    createMailer({ url: config.smtpUrl, from: config.mailFrom, metrics }),
    (open) => open.close(),
  );
  const context: JobContext = {
    db: database.primary,
    actor: { kind: "system" },
    now: () => new Date(),
    log,
    deadline: NO_DEADLINE,
    cache: createCache({ metrics, log, links: { publisher: redis } }),
    tokens: createTokens(parseSecrets(config.secrets)),
    seats: noSeats("seats are asked for in the API"),
    mailer,
    metrics,
    publicUrl: config.publicUrl,
  };
  const metricsServer = cleanUp.use(
    await serveMetrics({
      host: config.host,
      port: config.metricsPort,
      metrics,
      answers: { "/livez": () => ({ status: 200, body: '{"status":"ok"}' }) },
    }),
  );
  const fleet = startFleet({ config, context, metrics });
  const relay = startRelay({ context, queues, metrics });
  const schedules = startSchedules(context);
  const collector = startCollector({ context, queues, redis, metrics });
  return {
    metricsUrl: metricsServer.url,
    async stop() {
      schedules[Symbol.dispose]();
      await atMost(STOP_MS, Promise.all([relay.stop(), collector.stop()]));
      await fleet.stop();
      await atMost(STOP_MS, cleanUp.disposeAsync());
    },
  };
}

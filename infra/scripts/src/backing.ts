import { join } from "node:path";
import type { Config } from "./config.ts";
import { DATABASE, ensureDatabase, openAppRole, refuseUnusable } from "./database.ts";
import {
  keepService,
  refuseUnusableRedis,
  startEmbeddedPostgres,
  startEmbeddedRedis,
} from "./embedded.ts";
import { type Mailbox, startMailbox } from "./mailbox/mailbox.ts";
import { type PreparedData, prepareData } from "./prepare-data.ts";
import type { RunBook } from "./run-record.ts";
import { type KeptSecrets, keptSecrets } from "./secrets-file.ts";
import { settleAll } from "./settle-all.ts";
import type { SystemOptions } from "./system.ts";

/** What API and worker stand on, and the variables by which they find it. */
export type Backing = PreparedData & {
  databaseUrl: string;
  redisUrl: string;
  env: Record<string, string>;
};

export type BackingOptions = SystemOptions & { book: RunBook };

/** PostgreSQL, Redis and a mail server: the ones of the settings, or embedded ones; the data brought up to date. */
export async function startBacking(
  options: BackingOptions,
  parts: AsyncDisposableStack,
): Promise<Backing> {
  const { external } = options.config;
  return external === undefined
    ? await startEmbedded(options, parts)
    : await useExternal(options, external);
}

async function useExternal(
  { config, progress }: BackingOptions,
  external: { databaseUrl: string; redisUrl: string },
): Promise<Backing> {
  await settleAll([refuseUnusable(external.databaseUrl), refuseUnusableRedis(external.redisUrl)]);
  const prepared = await prepareData({ url: external.databaseUrl, demo: false, progress });
  const env = variablesOf(config, {
    ...external,
    secrets: config.secrets ?? "",
    smtpUrl: config.smtpUrl ?? "",
  });
  return { ...prepared, ...external, env };
}

async function startEmbedded(
  options: BackingOptions,
  parts: AsyncDisposableStack,
): Promise<Backing> {
  const { config, progress } = options;
  const kept = keptSecrets(config.dataDir);
  const [database, redis, mailbox] = await settleAll([
    startDatabase(options, parts, kept),
    progress.step("Redis", async () => {
      const service = await startEmbeddedRedis(options);
      parts.use(keepService(service, "redis", options));
      return service;
    }),
    startOwnMailbox(options, parts),
  ]);
  const env = variablesOf(config, {
    databaseUrl: database.appUrl,
    redisUrl: redis.url,
    secrets: config.secrets ?? kept.secrets,
    smtpUrl: config.smtpUrl ?? mailbox?.smtpUrl ?? "",
  });
  return {
    ...database.prepared,
    databaseUrl: database.url,
    redisUrl: redis.url,
    env: { ...env, EMBEDDED: "1", ...(mailbox ? { MAILBOX_URL: mailbox.url } : {}) },
  };
}

async function startDatabase(
  options: BackingOptions,
  parts: AsyncDisposableStack,
  kept: KeptSecrets,
) {
  const { config, progress } = options;
  const url = await progress.step("PostgreSQL", async () => {
    const service = await startEmbeddedPostgres(options);
    parts.use(keepService(service, "postgres", options));
    await ensureDatabase(service.url("postgres"));
    return service.url(DATABASE);
  });
  const prepared = await prepareData({ url, demo: config.demo, progress });
  return { url, prepared, appUrl: await openAppRole(url, kept.databasePassword) };
}

async function startOwnMailbox(
  { config, progress }: BackingOptions,
  parts: AsyncDisposableStack,
): Promise<Mailbox | undefined> {
  if (config.smtpUrl !== undefined) return undefined;
  const folder = join(config.dataDir, "mail");
  return parts.use(await startMailbox({ folder, say: progress.say }));
}

type Places = { databaseUrl: string; redisUrl: string; secrets: string; smtpUrl: string };

function variablesOf(config: Config, places: Places): Record<string, string> {
  const variables: Record<string, string | undefined> = {
    DATABASE_URL: places.databaseUrl,
    REDIS_URL: places.redisUrl,
    SECRETS: places.secrets,
    SMTP_URL: places.smtpUrl,
    MAIL_FROM: config.mailFrom,
    PUBLIC_URL: config.publicUrl,
    HOST: config.host,
    TRUST_PROXY: config.trustProxy,
    WORKER_QUEUES: config.workerQueues,
    LOG_LEVEL: config.logLevel,
    RATE_LIMITS: config.rateLimits,
  };
  return Object.fromEntries(
    Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

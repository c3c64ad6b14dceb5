import { LOG_LEVELS } from "@tsudoi/core/platform/log.ts";
import { QUEUES, type Queue } from "@tsudoi/telemetry/names.ts";
import * as z from "zod";

const port = z.coerce.number().int().min(0).max(65_535);

const Settings = z.object({
  DATABASE_URL: z.string().startsWith("postgres", "must be a postgres:// address"),
  REDIS_URL: z.string().startsWith("redis", "must be a redis:// address"),
  SECRETS: z.string().min(43, "needs at least 32 random bytes as base64url text"),
  PUBLIC_URL: z.url().default("http://localhost:3000"),
  SMTP_URL: z.string().startsWith("smtp", "must be an smtp:// or smtps:// address"),
  MAIL_FROM: z.string().min(3).default("Tsudoi <tsudoi@localhost>"),
  HOST: z.string().default("127.0.0.1"),
  METRICS_PORT: port.optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS).default("info"),
  WORKER_QUEUES: z.string().default(QUEUES.join(",")),
});

const DEFAULT_METRICS_PORT = 9_465;

export type Config = {
  databaseUrl: string;
  redisUrl: string;
  secrets: string;
  publicUrl: string;
  smtpUrl: string;
  mailFrom: string;
  host: string;
  metricsPort: number;
  logLevel: z.infer<typeof Settings>["LOG_LEVEL"];
  queues: Queue[];
};

/** Reads the environment once; the first wrong or missing setting ends the start with a line that names it. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = Settings.safeParse(env);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`setting ${issue?.path.join(".")}: ${issue?.message}`);
  }
  const settings = parsed.data;
  return Object.freeze({
    databaseUrl: settings.DATABASE_URL,
    redisUrl: settings.REDIS_URL,
    secrets: settings.SECRETS,
    publicUrl: settings.PUBLIC_URL,
    smtpUrl: settings.SMTP_URL,
    mailFrom: settings.MAIL_FROM,
    host: settings.HOST,
    metricsPort: settings.METRICS_PORT ?? DEFAULT_METRICS_PORT,
    logLevel: settings.LOG_LEVEL,
    queues: settings.WORKER_QUEUES.split(",").map((name) => toQueue(name.trim())),
  });
}

function toQueue(name: string): Queue {
  const queue = QUEUES.find((known) => known === name);
  if (queue !== undefined) return queue;
  throw new Error(`setting WORKER_QUEUES: "${name}" is none of ${QUEUES.join(", ")}`);
}

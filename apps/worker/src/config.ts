import { PROCESS_SETTINGS, portSetting, readSettings } from "@tsudoi/core/platform/settings.ts";
import { QUEUES, type Queue } from "@tsudoi/telemetry/names.ts";
import * as z from "zod";

const Settings = z.object({
  ...PROCESS_SETTINGS,
  PUBLIC_URL: z.url().default("http://localhost:3000"),
  SMTP_URL: z.string().startsWith("smtp", "must be an smtp:// or smtps:// address"),
  MAIL_FROM: z.string().min(3).default("Tsudoi <tsudoi@localhost>"),
  METRICS_PORT: portSetting.optional(),
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

export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const settings = readSettings(Settings, env);
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

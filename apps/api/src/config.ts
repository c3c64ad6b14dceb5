import { LOG_LEVELS } from "@tsudoi/core/platform/log.ts";
import * as z from "zod";

const port = z.coerce.number().int().min(0).max(65_535);

const Settings = z.object({
  DATABASE_URL: z.string().startsWith("postgres", "must be a postgres:// address"),
  DATABASE_REPLICA_URL: z.string().startsWith("postgres").optional(),
  REDIS_URL: z.string().startsWith("redis", "must be a redis:// address"),
  SECRETS: z.string().min(43, "needs at least 32 random bytes as base64url text"),
  PUBLIC_URL: z.url().optional(),
  PORT: port.default(3000),
  HOST: z.string().default("127.0.0.1"),
  METRICS_PORT: port.default(9464),
  TRUST_PROXY: z.string().default(""),
  LOG_LEVEL: z.enum(LOG_LEVELS).default("info"),
  RATE_LIMITS: z.enum(["on", "off"]).default("on"),
  EMBEDDED: z.enum(["0", "1"]).default("0"),
  WEB_DIR: z.string().optional(),
  MAILBOX_URL: z.url().optional(),
  COMMIT: z.string().optional(),
});

export type Config = {
  databaseUrl: string;
  replicaUrl: string | undefined;
  redisUrl: string;
  secrets: string;
  publicUrl: string;
  port: number;
  host: string;
  metricsPort: number;
  trustProxy: TrustProxy;
  logLevel: z.infer<typeof Settings>["LOG_LEVEL"];
  rateLimits: boolean;
  embedded: boolean;
  webDir: string | undefined;
  mailboxUrl: string | undefined;
  commit: string | undefined;
};

/** Reads the environment once; the first wrong or missing setting ends the start with a line that names it. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = Settings.safeParse(env);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`setting ${issue?.path.join(".")}: ${issue?.message}`);
  }
  const settings = parsed.data;
  if (settings.RATE_LIMITS === "off" && settings.EMBEDDED !== "1") {
    throw new Error("setting RATE_LIMITS: off is for measurements on embedded services only");
  }
  return Object.freeze({
    databaseUrl: settings.DATABASE_URL,
    replicaUrl: settings.DATABASE_REPLICA_URL,
    redisUrl: settings.REDIS_URL,
    secrets: settings.SECRETS,
    publicUrl: settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`,
    port: settings.PORT,
    host: settings.HOST,
    metricsPort: settings.METRICS_PORT,
    trustProxy: toTrustProxy(settings.TRUST_PROXY),
    logLevel: settings.LOG_LEVEL,
    embedded: settings.EMBEDDED === "1",
    rateLimits: settings.RATE_LIMITS === "on",
    webDir: settings.WEB_DIR,
    mailboxUrl: settings.MAILBOX_URL,
    commit: settings.COMMIT,
  });
}

/** Nobody, the first hop, or the proxies with these addresses. */
type TrustProxy = false | string | ((address: string, hop: number) => boolean);

function toTrustProxy(value: string): TrustProxy {
  if (value === "" || value === "0" || value === "false") return false;
  return value === "1" || value === "true" ? isFirstHop : value;
}

function isFirstHop(_address: string, hop: number): boolean {
  return hop === 0;
}

import { PROCESS_SETTINGS, portSetting, readSettings } from "@tsudoi/core/platform/settings.ts";
import {
  parseTrustProxy,
  TRUST_PROXY_RULE,
  type TrustProxy,
} from "@tsudoi/core/platform/trust-proxy.ts";
import * as z from "zod";

const Settings = z.object({
  ...PROCESS_SETTINGS,
  DATABASE_REPLICA_URL: z.string().startsWith("postgres").optional(),
  PUBLIC_URL: z.url().optional(),
  MAIL_FROM: z.string().min(3).default("Tsudoi <tsudoi@localhost>"),
  PORT: portSetting.default(3000),
  METRICS_PORT: portSetting.default(9464),
  TRUST_PROXY: z
    .string()
    .default("")
    .transform((value, check) => {
      const trusted = parseTrustProxy(value);
      if (trusted !== undefined) return trusted;
      check.addIssue({ code: "custom", message: TRUST_PROXY_RULE });
      return z.NEVER;
    }),
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
  mailFrom: string;
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

export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const settings = readSettings(Settings, env);
  if (settings.RATE_LIMITS === "off" && settings.EMBEDDED !== "1") {
    throw new Error("setting RATE_LIMITS: off is for measurements on embedded services only");
  }
  return Object.freeze({
    databaseUrl: settings.DATABASE_URL,
    replicaUrl: settings.DATABASE_REPLICA_URL,
    redisUrl: settings.REDIS_URL,
    secrets: settings.SECRETS,
    publicUrl: settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`,
    mailFrom: settings.MAIL_FROM,
    port: settings.PORT,
    host: settings.HOST,
    metricsPort: settings.METRICS_PORT,
    trustProxy: settings.TRUST_PROXY,
    logLevel: settings.LOG_LEVEL,
    embedded: settings.EMBEDDED === "1",
    rateLimits: settings.RATE_LIMITS === "on",
    webDir: settings.WEB_DIR,
    mailboxUrl: settings.MAILBOX_URL,
    commit: settings.COMMIT,
  });
}

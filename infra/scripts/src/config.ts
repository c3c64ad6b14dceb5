import { resolve } from "node:path";
import { LOG_LEVELS, type LogLevel } from "@tsudoi/core/platform/log.ts";
import { parseSecrets } from "@tsudoi/core/platform/secrets.ts";
import { parseTrustProxy, TRUST_PROXY_RULE } from "@tsudoi/core/platform/trust-proxy.ts";
import * as z from "zod/mini";
import { Refusal } from "./refusal.ts";

export type Config = Readonly<{
  dataDir: string;
  host: string;
  port: number;
  metricsPort: number;
  publicUrl: string;
  /** Absent when PostgreSQL and Redis are embedded. */
  external: { databaseUrl: string; redisUrl: string } | undefined;
  /** Absent when they are kept in the data folder. */
  secrets: string | undefined;
  /** Absent when mail goes to the mailbox page. */
  smtpUrl: string | undefined;
  mailFrom: string;
  trustProxy: string | undefined;
  workerQueues: string | undefined;
  logLevel: LogLevel;
  rateLimits: "on" | "off";
  demo: boolean;
}>;

type Environment = Record<string, string | undefined>;

/** Reads and judges every setting of a start; all faults are in one line, each by its name. */
export function readConfig(environment: Environment = process.env): Config {
  const settings = parse(Settings, environment);
  const faults = contradictions(settings);
  if (faults.length > 0) throw new Refusal(faults.join("; "));
  const { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl } = settings;
  return Object.freeze({
    dataDir: resolve(settings.DATA_DIR),
    host: settings.HOST,
    port: settings.PORT,
    metricsPort: settings.METRICS_PORT,
    publicUrl: settings.PUBLIC_URL ?? originOf(settings.HOST, settings.PORT),
    external: databaseUrl && redisUrl ? { databaseUrl, redisUrl } : undefined,
    secrets: settings.SECRETS,
    smtpUrl: settings.SMTP_URL,
    mailFrom: settings.MAIL_FROM ?? DEMO_MAIL_FROM,
    trustProxy: settings.TRUST_PROXY,
    workerQueues: settings.WORKER_QUEUES,
    logLevel: settings.LOG_LEVEL,
    rateLimits: settings.RATE_LIMITS,
    demo: settings.DEMO === "1",
  });
}

export type OperatorConfig = Readonly<{
  dataDir: string;
  publicUrl: string;
  databaseUrl: string | undefined;
}>;

/** What the operators' commands need to find the system they work on. */
export function readOperatorConfig(environment: Environment = process.env): OperatorConfig {
  const settings = parse(OperatorSettings, environment);
  return Object.freeze({
    dataDir: resolve(settings.DATA_DIR),
    publicUrl: settings.PUBLIC_URL ?? originOf(settings.HOST, settings.PORT),
    databaseUrl: settings.DATABASE_URL,
  });
}

/** The variables of a process of ours that the caller set, unjudged: the process itself judges them. */
export function givenVariables(environment: Environment = process.env): Record<string, string> {
  return pick(environment, (name) => PROCESS_VARIABLES.has(name) && environment[name] !== "");
}

/** What a process of ours inherits besides the variables it is given. */
export function inheritedVariables(environment: Environment = process.env): Record<string, string> {
  return pick(
    environment,
    (name) => !PROCESS_VARIABLES.has(name) && !name.startsWith("NODE_CHANNEL_"),
  );
}

/** npm runs its scripts in the repository's root; a file on the command line is named from here. */
export function invokedFrom(environment: Environment = process.env): string {
  return environment.INIT_CWD ?? process.cwd();
}

const DEMO_MAIL_FROM = "Tsudoi <tsudoi@demo.test>";

/** Everything the configuration of apps/api and apps/worker reads. */
const PROCESS_VARIABLES: ReadonlySet<string> = new Set([
  "DATABASE_URL",
  "DATABASE_REPLICA_URL",
  "REDIS_URL",
  "PUBLIC_URL",
  "PORT",
  "HOST",
  "METRICS_PORT",
  "SMTP_URL",
  "MAIL_FROM",
  "SECRETS",
  "TRUST_PROXY",
  "LOG_LEVEL",
  "RATE_LIMITS",
  "WORKER_QUEUES",
  "WEB_DIR",
  "MAILBOX_URL",
  "EMBEDDED",
  "COMMIT",
]);

const PLACE = {
  DATA_DIR: z._default(z.string(), ".data"),
  HOST: z._default(text(/^[0-9A-Za-z.:-]+$/, "must be a host name or an address"), "127.0.0.1"),
  PORT: z._default(port(65_535), 3000),
  PUBLIC_URL: z.optional(
    z.string().check(z.refine(isOrigin, "must be an origin such as https://events.example.com")),
  ),
  DATABASE_URL: z.optional(url(["postgres:", "postgresql:"], "must be a postgres:// URL")),
};

const OperatorSettings = z.object(PLACE);

const Settings = z.object({
  ...PLACE,
  // The worker's metrics are on the next port.
  METRICS_PORT: z._default(port(65_534), 9464),
  REDIS_URL: z.optional(url(["redis:", "rediss:"], "must be a redis:// URL")),
  SECRETS: z.optional(
    z
      .string()
      .check(
        z.refine(
          areSecrets,
          "must be at least 32 random bytes as base64url text, or several of them separated by commas",
        ),
      ),
  ),
  SMTP_URL: z.optional(url(["smtp:", "smtps:"], "must be a smtp:// URL")),
  MAIL_FROM: z.optional(
    text(/^[^\r\n<>]*<[^\s@<>]+@[^\s@<>]+>$|^[^\s@<>]+@[^\s@<>]+$/, "must be a mail address"),
  ),
  TRUST_PROXY: z.optional(
    z.string().check(z.refine((value) => parseTrustProxy(value) !== undefined, TRUST_PROXY_RULE)),
  ),
  WORKER_QUEUES: z.optional(z.string()),
  LOG_LEVEL: z._default(oneOf(LOG_LEVELS), "info"),
  RATE_LIMITS: z._default(oneOf(["on", "off"] as const), "on"),
  DEMO: z._default(oneOf(["0", "1"] as const), "1"),
});
type Settings = z.infer<typeof Settings>;

function contradictions(settings: Settings): string[] {
  const { DATABASE_URL, REDIS_URL } = settings;
  if (DATABASE_URL === undefined && REDIS_URL === undefined) return [];
  if (REDIS_URL === undefined)
    return ["REDIS_URL is missing: DATABASE_URL and REDIS_URL are set both or neither"];
  if (DATABASE_URL === undefined)
    return ["DATABASE_URL is missing: DATABASE_URL and REDIS_URL are set both or neither"];
  const missing = (["SECRETS", "SMTP_URL", "MAIL_FROM"] as const).filter(
    (name) => settings[name] === undefined,
  );
  return [
    ...missing.map(
      (name) => `${name} is missing: it is needed when PostgreSQL and Redis are not embedded`,
    ),
    ...(settings.RATE_LIMITS === "off"
      ? ["RATE_LIMITS=off is for measurements on the embedded services only"]
      : []),
  ];
}

function parse<Schema extends z.ZodMiniType>(
  schema: Schema,
  environment: Environment,
): z.infer<Schema> {
  const given = pick(environment, (name) => environment[name] !== "");
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new Refusal(
    parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`).join("; "),
  );
}

function pick(environment: Environment, wanted: (name: string) => boolean): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && wanted(name)) picked[name] = value;
  }
  return picked;
}

function text(pattern: RegExp, error: string) {
  return z.string().check(z.regex(pattern, error));
}

function url(protocols: readonly string[], error: string) {
  return z.string().check(
    z.refine((value) => {
      const parsed = URL.parse(value);
      return parsed !== null && parsed.hostname !== "" && protocols.includes(parsed.protocol);
    }, error),
  );
}

function port(last: number) {
  const error = `must be a port from 1 to ${last}`;
  return z
    .pipe(
      text(/^\d{1,5}$/, error),
      z.transform((value: string) => Number(value)),
    )
    .check(z.refine((value) => value >= 1 && value <= last, error));
}

function oneOf<const Values extends readonly string[]>(values: Values) {
  return z.enum(values, `must be one of ${values.join(", ")}`);
}

function isOrigin(value: string): boolean {
  const parsed = URL.parse(value);
  return (
    parsed !== null &&
    /^https?:$/.test(parsed.protocol) &&
    parsed.origin === value.replace(/\/$/, "")
  );
}

function areSecrets(value: string): boolean {
  try {
    parseSecrets(value);
    return true;
  } catch {
    return false;
  }
}

/** Browsers keep secure cookies over plain HTTP for localhost, not for every address of this machine. */
const HERE: ReadonlySet<string> = new Set(["127.0.0.1", "::1", "0.0.0.0", "::", "localhost"]);

function originOf(host: string, port: number): string {
  if (HERE.has(host)) return `http://localhost:${port}`;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

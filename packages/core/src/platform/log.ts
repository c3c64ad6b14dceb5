import pino, { type DestinationStream, type Logger } from "pino";
import { currentCall } from "./call.ts";

export type { Logger } from "pino";

export const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type LogOptions = {
  app: string;
  level: LogLevel;
  onLine?: (level: string) => void;
  destination?: DestinationStream;
};

/** JSON lines that carry the call they belong to, and nothing secret. */
export function createLogger(options: LogOptions): Logger {
  const settings: pino.LoggerOptions = {
    level: options.level,
    base: { app: options.app },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    mixin: (_context, _level, logger) => {
      options.onLine?.(logger.levels.labels[_level] ?? "info");
      const call = currentCall();
      return call === undefined ? {} : { call: call.name, request_id: call.requestId };
    },
    redact: {
      paths: [
        "password",
        "token",
        "accessToken",
        "refreshToken",
        "email",
        "cookie",
        "authorization",
      ].flatMap((key) => [key, `*.${key}`]),
      censor: "[redacted]",
    },
    serializers: { err: describeError },
  };
  return options.destination === undefined ? pino(settings) : pino(settings, options.destination);
}

const SAME_AGAIN_MS = 10_000;

/** Says yes at most every ten seconds: what an outage repeats many times a second must not fill the log. */
export function sparingly(): () => boolean {
  let saidAt = Number.NEGATIVE_INFINITY;
  return () => {
    const now = performance.now();
    if (now - saidAt < SAME_AGAIN_MS) return false;
    saidAt = now;
    return true;
  };
}

const MAX_CAUSES = 4;

/** Name, code and stack; of a database error never the statement's parameters, which are personal data. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const causes: unknown[] = [];
  let cause: unknown = error;
  while (cause instanceof Error && causes.length < MAX_CAUSES) {
    causes.push({
      name: cause.name,
      message: withoutParameters(cause.message),
      code: codeOf(cause),
    });
    cause = cause.cause;
  }
  return { causes, stack: withoutParameters(error.stack ?? "") };
}

function withoutParameters(text: string): string {
  return text.replace(/\nparams: [\s\S]*?(?=\n {4}at |$)/, "");
}

function codeOf(error: Error): unknown {
  return "code" in error ? error.code : undefined;
}

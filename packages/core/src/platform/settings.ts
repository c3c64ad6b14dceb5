import * as z from "zod";
import { LOG_LEVELS } from "./log.ts";

export const portSetting = z.coerce.number().int().min(0).max(65_535);

/** What every process is told. */
export const PROCESS_SETTINGS = {
  DATABASE_URL: z.string().startsWith("postgres", "must be a postgres:// address"),
  REDIS_URL: z.string().startsWith("redis", "must be a redis:// address"),
  SECRETS: z.string().min(43, "needs at least 32 random bytes as base64url text"),
  HOST: z.string().default("127.0.0.1"),
  LOG_LEVEL: z.enum(LOG_LEVELS).default("info"),
};

/** Reads the environment once; the first wrong or missing setting ends the start with a line that names it. */
export function readSettings<Settings>(
  schema: z.ZodType<Settings>,
  env: NodeJS.ProcessEnv,
): Settings {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`setting ${issue?.path.join(".")}: ${issue?.message}`);
}

import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "./log.ts";
import type { Redis } from "./redis.ts";

/** A link is there by then, or Redis is away; nobody's start waits for its return. */
const LINK_MS = 3_000;
const SAFE = "noeviction";

/**
 * Refuses a Redis that forgets jobs when its memory is full. One that is away is looked at when it is back, and one
 * that does not tell is taken as it is: both leave a line in the log.
 */
export async function refuseForgetfulRedis(redis: Redis, log: Logger): Promise<void> {
  if (!(await isLinked(redis))) {
    redis.once("ready", () => void lookLater(redis, log));
    return;
  }
  const fault = await faultOf(redis, log);
  if (fault !== undefined) throw new Error(fault);
}

async function isLinked(redis: Redis): Promise<boolean> {
  const isReady = () => redis.status === "ready";
  if (isReady()) return true;
  const timer = new AbortController();
  const { signal } = timer;
  await Promise.race([
    once(redis, "ready", { signal }),
    once(redis, "close", { signal }),
    wait(LINK_MS, undefined, { signal }),
  ]).catch(() => undefined);
  timer.abort();
  return isReady();
}

async function lookLater(redis: Redis, log: Logger): Promise<void> {
  const fault = await faultOf(redis, log);
  if (fault !== undefined) log.error(fault);
}

async function faultOf(redis: Redis, log: Logger): Promise<string | undefined> {
  const policy = await readPolicy(redis);
  if (policy === SAFE) return undefined;
  if (policy === undefined) {
    log.warn(`REDIS_URL: this Redis does not tell its maxmemory-policy; it has to be ${SAFE}`);
    return undefined;
  }
  return `REDIS_URL: this Redis may forget jobs when its memory is full (maxmemory-policy ${policy}): set maxmemory-policy ${SAFE} there`;
}

/** Managed services often forbid CONFIG, and an account may lack INFO. */
async function readPolicy(redis: Redis): Promise<string | undefined> {
  const info = await redis.info("memory").catch(() => "");
  const told = /^maxmemory_policy:([\w-]+)/m.exec(info)?.[1];
  if (told !== undefined) return told;
  const [, configured] = await redis
    .config("GET", "maxmemory-policy")
    .then((answer) => answer as string[])
    .catch(() => []);
  return configured;
}

import type { Redis } from "ioredis";

const KEY = "tsudoi:worker:beat";
export const BEAT_EVERY_MS = 5_000;
const BEAT_SECONDS = 15;

/** Tells the API that a worker is at work. */
export async function beat(redis: Redis): Promise<void> {
  await redis.set(KEY, "1", "EX", BEAT_SECONDS);
}

export async function hasWorker(redis: Redis): Promise<boolean> {
  return (await redis.exists(KEY)) === 1;
}

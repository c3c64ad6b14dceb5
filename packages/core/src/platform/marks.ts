import { createHash } from "node:crypto";
import type { Redis } from "ioredis";
import { LRUCache } from "lru-cache";

export type Marks = {
  add: (key: string) => Promise<void>;
  has: (key: string) => Promise<boolean>;
};

const OWN = 10_000;

/**
 * Remembers keys for a while, for all processes through Redis; without Redis each process knows those it added itself.
 * What is kept is a digest: nobody can read out of it who it is about.
 */
export function createMarks(
  name: string,
  { seconds, redis }: { seconds: number; redis: Redis },
): Marks {
  const own = new LRUCache<string, true>({ max: OWN, ttl: seconds * 1_000 });
  const keyOf = (key: string) =>
    `tsudoi:${name}:${createHash("sha256").update(key).digest("base64url")}`;
  return {
    async add(key) {
      own.set(key, true);
      await redis.set(keyOf(key), "", "EX", seconds).catch(() => undefined);
    },
    async has(key) {
      return own.has(key) || (await redis.exists(keyOf(key)).catch(() => 0)) === 1;
    },
  };
}

import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { startRedis } from "./services/redis.ts";

export type TestRedis = AsyncDisposable & {
  url: string;
  /** For queue names: two files may share one Redis. */
  prefix: string;
};

/** A Redis of its own, or the one of TEST_REDIS_URL. */
export async function createTestRedis(): Promise<TestRedis> {
  const prefix = `test-${randomBytes(6).toString("hex")}`;
  const shared = inject("redisUrl");
  if (shared) return { url: shared, prefix, [Symbol.asyncDispose]: async () => {} };
  const service = await startRedis();
  return { url: service.url, prefix, [Symbol.asyncDispose]: () => service[Symbol.asyncDispose]() };
}

import { DomainError } from "@tsudoi/shared/errors.ts";
import type { Metrics } from "@tsudoi/telemetry/metrics.ts";
import type { RATE_LIMIT_POLICIES } from "@tsudoi/telemetry/names.ts";
import type { Redis } from "ioredis";
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";

export type LimitPolicy = (typeof RATE_LIMIT_POLICIES)[number];
export type Limit = { points: number; seconds: number; blockSeconds?: number };

export type Limiter = {
  /** Takes points or refuses with RATE_LIMITED. */
  consume: (key: string, points?: number) => Promise<void>;
  /** Refuses when the key has no points left, taking none. */
  check: (key: string) => Promise<void>;
  reset: (key: string) => Promise<void>;
};

/** One budget for all processes through Redis; without Redis each process keeps the same budget by itself. */
export function createLimiter(
  policy: LimitPolicy,
  limit: Limit,
  options: { redis: Redis; metrics?: Metrics },
): Limiter {
  const { redis, metrics } = options;
  const settings = {
    keyPrefix: `tsudoi:limit:${policy}`,
    points: limit.points,
    duration: limit.seconds,
    ...(limit.blockSeconds === undefined ? {} : { blockDuration: limit.blockSeconds }),
  };
  const insurance = new RateLimiterMemory(settings);
  const limiter = new RateLimiterRedis({
    ...settings,
    storeClient: redis,
    insuranceLimiter: insurance,
    // A key known to be blocked is refused without asking Redis again.
    inMemoryBlockOnConsumed: limit.points + 1,
    inMemoryBlockDuration: limit.blockSeconds ?? limit.seconds,
    rejectIfRedisNotReady: true,
  });
  const decide = (decision: "allowed" | "limited") => {
    const blind = decision === "allowed" && redis.status !== "ready";
    metrics?.ratelimitDecisionsTotal.inc({ policy, decision: blind ? "failed_open" : decision });
  };
  return {
    async consume(key, points = 1) {
      try {
        await limiter.consume(key, points);
        decide("allowed");
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        decide("limited");
        throw refusal(error);
      }
    },
    async check(key) {
      const state = await limiter.get(key);
      if (state === null || state.consumedPoints < limit.points) return;
      decide("limited");
      throw refusal(state);
    },
    async reset(key) {
      await limiter.delete(key);
    },
  };
}

function refusal(state: RateLimiterRes): DomainError {
  return new DomainError("RATE_LIMITED", {
    retryAfterMs: Math.max(1, Math.ceil(state.msBeforeNext)),
  });
}

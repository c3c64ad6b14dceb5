import { DomainError } from "@tsudoi/shared/errors.ts";
import type { Metrics } from "@tsudoi/telemetry/metrics.ts";
import type { RATE_LIMIT_POLICIES } from "@tsudoi/telemetry/names.ts";
import type { Redis } from "ioredis";
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from "rate-limiter-flexible";

export type LimitPolicy = (typeof RATE_LIMIT_POLICIES)[number];
export type Limit = {
  points: number;
  seconds: number;
  blockSeconds?: number;
  /** Counted in each process by itself: for a bound so coarse that sharing it is not worth a round trip. */
  perProcess?: true;
};

export type Limiter = {
  /** Takes a point or refuses with RATE_LIMITED. */
  consume: (key: string) => Promise<void>;
  /** Gives back the point of something that does not count after all. */
  giveBack: (key: string) => Promise<void>;
  reset: (key: string) => Promise<void>;
};

/** One budget for all processes through Redis; without Redis each process keeps the same budget by itself. */
export function createLimiter(
  policy: LimitPolicy,
  limit: Limit,
  options: { redis: Redis; metrics?: Metrics },
): Limiter {
  const own = new RateLimiterMemory(settingsOf(policy, limit));
  const shared = limit.perProcess ? own : throughRedis(policy, limit, options.redis);
  const count = (decision: "allowed" | "limited" | "failed_open") =>
    options.metrics?.ratelimitDecisionsTotal.inc({ policy, decision });

  async function ask(question: (limiter: RateLimiterAbstract) => Promise<unknown>) {
    try {
      await question(shared);
      return "allowed";
    } catch (error) {
      if (error instanceof RateLimiterRes) throw error;
      await question(own);
      return "failed_open";
    }
  }

  return {
    async consume(key) {
      try {
        count(await ask((limiter) => limiter.consume(key)));
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        count("limited");
        throw refusal(error);
      }
    },
    async giveBack(key) {
      await ask((limiter) => limiter.reward(key));
    },
    async reset(key) {
      await ask((limiter) => limiter.delete(key));
    },
  };
}

function settingsOf(policy: LimitPolicy, { points, seconds, blockSeconds }: Limit) {
  return {
    keyPrefix: `tsudoi:limit:${policy}`,
    points,
    duration: seconds,
    ...(blockSeconds === undefined ? {} : { blockDuration: blockSeconds }),
  };
}

function throughRedis(policy: LimitPolicy, limit: Limit, redis: Redis): RateLimiterRedis {
  return new RateLimiterRedis({
    ...settingsOf(policy, limit),
    storeClient: redis,
    rejectIfRedisNotReady: true,
    // A key that has spent everything is refused without asking Redis again, until its time or its block is over.
    inMemoryBlockOnConsumed: limit.points + 1,
    ...(limit.blockSeconds === undefined ? {} : { inMemoryBlockDuration: limit.blockSeconds }),
  });
}

function refusal(state: RateLimiterRes): DomainError {
  return new DomainError("RATE_LIMITED", {
    retryAfterMs: Math.max(1, Math.ceil(state.msBeforeNext)),
  });
}

import { DomainError } from "@tsudoi/shared/errors.ts";
import { createMetrics } from "@tsudoi/telemetry/metrics.ts";
import { describe, expect, test, vi } from "vitest";
import { createLimiter, type Limit, type Limiter } from "#core/platform/limiter.ts";
import { createLogger } from "#core/platform/log.ts";
import { createRedis, type Redis } from "#core/platform/redis.ts";
import { type RedisService, startRedis } from "./services/redis.ts";

const FIVE: Limit = { points: 5, seconds: 600 };
const log = createLogger({ app: "test", level: "silent" });

type Stage = AsyncDisposable & { server: RedisService; redis: Redis[]; limiters: Limiter[] };

/** Processes that share one Redis. */
async function setStage({ limit = FIVE, processes = 1 } = {}): Promise<Stage> {
  await using cleanUp = new AsyncDisposableStack();
  const server = cleanUp.use(await startRedis());
  const metrics = createMetrics("api");
  const redis = Array.from({ length: processes }, () =>
    cleanUp.adopt(createRedis(server.url, { role: "ratelimit", log, metrics }), (link) =>
      link.disconnect(),
    ),
  );
  await vi.waitFor(
    () => expect(redis.map((link) => link.status)).toEqual(redis.map(() => "ready")),
    10_000,
  );
  const limiters = redis.map((link) => createLimiter("sign_in", limit, { redis: link, metrics }));
  const owned = cleanUp.move();
  return { server, redis, limiters, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** What each of so many attempts, one after the other, was told. */
async function attempts(limiter: Limiter, count: number, key = "key"): Promise<string[]> {
  const told: string[] = [];
  for (let attempt = 0; attempt < count; attempt += 1) {
    told.push(
      await limiter.consume(key).then(
        () => "allowed",
        (error: unknown) => (error instanceof DomainError ? error.reason : String(error)),
      ),
    );
  }
  return told;
}

const fiveOf = (count: number) =>
  Array.from({ length: count }, (_, index) => (index < FIVE.points ? "allowed" : "RATE_LIMITED"));

describe("platform/limiter", () => {
  test("the sixth of five is refused, and told when to come back", async () => {
    await using stage = await setStage();
    const [limiter] = stage.limiters;
    expect(await attempts(limiter!, 7)).toEqual(fiveOf(7));
    expect(await attempts(limiter!, 1, "another key")).toEqual(["allowed"]);
    const refused = await limiter!.consume("key").catch((error: unknown) => error);
    expect(refused).toMatchObject({ details: { retryAfterMs: expect.any(Number) } });
    const { retryAfterMs } = (refused as DomainError).details;
    expect(retryAfterMs).toBeGreaterThan(0);
    expect(retryAfterMs).toBeLessThanOrEqual(600_000);
  });

  test("a hundred at once through two processes are one budget", async () => {
    await using stage = await setStage({ processes: 2 });
    const told = await Promise.all(
      Array.from({ length: 100 }, (_, index) => attempts(stage.limiters[index % 2]!, 1)),
    );
    expect(told.flat().filter((each) => each === "allowed")).toHaveLength(FIVE.points);
  });

  test("whoever spent everything waits for the rest of the window, not for a new one", async () => {
    await using stage = await setStage();
    const [limiter] = stage.limiters;
    await attempts(limiter!, 5);
    await stage.redis[0]!.pexpire("tsudoi:limit:sign_in:key", 30_000);
    const refused = await limiter!.consume("key").catch((error: unknown) => error);
    expect((refused as DomainError).details.retryAfterMs).toBeLessThanOrEqual(30_000);
  });

  test("a block outlasts its window", async () => {
    await using stage = await setStage({ limit: { ...FIVE, blockSeconds: 3_600 } });
    const [limiter] = stage.limiters;
    await attempts(limiter!, 5);
    const refused = await limiter!.consume("key").catch((error: unknown) => error);
    expect((refused as DomainError).details.retryAfterMs).toBeGreaterThan(600_000);
    expect(await stage.redis[0]!.ttl("tsudoi:limit:sign_in:key")).toBeGreaterThan(600);
  });

  test("what does not count is given back, and a reset forgets everything", async () => {
    await using stage = await setStage();
    const [limiter] = stage.limiters;
    await attempts(limiter!, 5);
    await limiter!.giveBack("key");
    expect(await attempts(limiter!, 2)).toEqual(["allowed", "RATE_LIMITED"]);
    await limiter!.reset("key");
    expect(await attempts(limiter!, 6)).toEqual(fiveOf(6));
  });

  test("without Redis every process keeps the budget by itself, and shares it again afterwards", async () => {
    await using stage = await setStage({ processes: 2 });
    const [one, other] = stage.limiters;
    await stage.server.kill();
    expect(await attempts(one!, 7)).toEqual(fiveOf(7));
    expect(await attempts(other!, 7)).toEqual(fiveOf(7));
    await stage.server.start();
    await vi.waitFor(
      () => expect(stage.redis.map((link) => link.status)).toEqual(["ready", "ready"]),
      10_000,
    );
    expect(await attempts(one!, 3, "new")).toEqual(fiveOf(3));
    expect(await attempts(other!, 4, "new")).toEqual([
      "allowed",
      "allowed",
      "RATE_LIMITED",
      "RATE_LIMITED",
    ]);
  });

  test("with Redis frozen every attempt is answered, and the sixth refused", async () => {
    await using stage = await setStage();
    process.kill(stage.server.pid, "SIGSTOP");
    try {
      expect(await attempts(stage.limiters[0]!, 7)).toEqual(fiveOf(7));
      await stage.limiters[0]!.giveBack("key");
      await stage.limiters[0]!.reset("key");
    } finally {
      process.kill(stage.server.pid, "SIGCONT");
    }
  });

  test("decisions made without Redis are counted as such", async () => {
    await using server = await startRedis();
    const metrics = createMetrics("api");
    const redis = createRedis(server.url, { role: "ratelimit", log, metrics });
    try {
      const limiter = createLimiter("sign_in", FIVE, { redis, metrics });
      await vi.waitFor(() => expect(redis.status).toBe("ready"), 10_000);
      await attempts(limiter, 6, "seen");
      await server.kill();
      await attempts(limiter, 6, "unseen");
      const { body } = await metrics.render();
      for (const [decision, count] of [
        ["allowed", 5],
        ["limited", 2],
        ["failed_open", 5],
      ]) {
        expect(body).toContain(
          `ratelimit_decisions_total{policy="sign_in",decision="${decision}"} ${count}`,
        );
      }
      expect(body).toMatch(/redis_client_command_duration_seconds_count\{role="ratelimit"\} [1-9]/);
    } finally {
      redis.disconnect();
    }
  });
});

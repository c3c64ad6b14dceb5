import { createMetrics } from "@tsudoi/telemetry/metrics.ts";
import { describe, expect, test, vi } from "vitest";
import { type Cache, createCache } from "#core/platform/cache.ts";
import { createLogger } from "#core/platform/log.ts";
import { createRedis } from "#core/platform/redis.ts";
import { type RedisService, startRedis } from "./services/redis.ts";

const log = createLogger({ app: "test", level: "silent" });
const clock = { at: 1_000, monotonicNow: () => clock.at };

type Stage = AsyncDisposable & {
  server: RedisService;
  here: Cache;
  there: Cache;
  /** Changes much and reads nothing, as a worker does. */
  speaker: Cache;
  /** How many processes hear what is forgotten. */
  listeners: () => Promise<number>;
};

/** Two processes that read the same rows; no time passes for them unless a test says so. */
async function setStage(): Promise<Stage> {
  await using cleanUp = new AsyncDisposableStack();
  const server = cleanUp.use(await startRedis());
  const link = () =>
    cleanUp.adopt(
      createRedis(server.url, { role: "cache", log, metrics: createMetrics("api") }),
      (redis) => redis.disconnect(),
    );
  const cache = () =>
    createCache({ log, ...clock, links: { publisher: link(), subscriber: link() } });
  const [here, there, watcher] = [cache(), cache(), link()];
  const speaker = createCache({ log, ...clock, links: { publisher: link() } });
  const listeners = async () => {
    const [, count] = (await watcher.pubsub("NUMSUB", "tsudoi:cache:forget")) as [string, number];
    return Number(count);
  };
  await vi.waitFor(async () => expect(await listeners()).toBe(2), 10_000);
  const owned = cleanUp.move();
  return {
    server,
    here,
    there,
    speaker,
    listeners,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function aRow() {
  const row = { version: 1, load: async () => ({ version: row.version }) };
  const read = async (cache: Cache) => (await cache.fetch("event_detail", "key", row.load)).version;
  return { row, read };
}

describe("platform/cache between processes", () => {
  test("what one process forgets, the other reads again", async () => {
    await using stage = await setStage();
    const { row, read } = aRow();
    await Promise.all([read(stage.here), read(stage.there)]);
    row.version = 2;
    stage.here.forget("event_detail", "key");
    expect(await read(stage.here)).toBe(2);
    await vi.waitFor(async () => expect(await read(stage.there)).toBe(2), 10_000);
  });

  test("a lost message costs two seconds of age, and the next one arrives", async () => {
    await using stage = await setStage();
    const { row, read } = aRow();
    await Promise.all([read(stage.here), read(stage.there)]);
    await stage.server.kill();
    row.version = 2;
    stage.here.forget("event_detail", "key");
    expect([await read(stage.here), await read(stage.there)]).toEqual([2, 1]);
    clock.at += 2_001;
    expect(await read(stage.there)).toBe(2);

    await stage.server.start();
    await vi.waitFor(async () => expect(await stage.listeners()).toBe(2), 10_000);
    row.version = 3;
    stage.here.forget("event_detail", "key");
    await vi.waitFor(async () => expect(await read(stage.there)).toBe(3), 10_000);
  });

  test("whoever asked is told of each key that anybody forgets, until they ask no more", async () => {
    await using stage = await setStage();
    const told: string[] = [];
    const stop = stage.there.onForget("event_detail", (key) => told.push(key));
    stage.there.forget("event_detail", "own");
    expect(told).toEqual(["own"]);
    await vi.waitFor(() => {
      stage.here.forget("event_detail", "other's");
      stage.speaker.forget("event_detail", "worker's");
      expect(told).toEqual(expect.arrayContaining(["other's", "worker's"]));
    }, 10_000);
    stop();
    const before = told.length;
    stage.there.forget("event_detail", "later");
    expect(told.length).toBe(before);
  });
});

import { createMetrics } from "@tsudoi/telemetry/metrics.ts";
import { describe, expect, test } from "vitest";
import { type Cache, createCache } from "./cache.ts";
import { createLogger } from "./log.ts";

const log = createLogger({ app: "test", level: "silent" });

type Row = { version: number };

function aClock() {
  const clock = { at: 1_000, monotonicNow: () => clock.at };
  return clock;
}

/** A row that changes, and how often it was read. */
function aSource() {
  const source = {
    version: 1,
    loads: 0,
    load: async (): Promise<Row> => {
      source.loads += 1;
      const { version } = source;
      await source.pause;
      return { version };
    },
    pause: Promise.resolve(),
  };
  return source;
}

function readers(cache: Cache, count: number, load: () => Promise<Row>): Promise<Row[]> {
  return Promise.all(Array.from({ length: count }, () => cache.fetch("event_detail", "key", load)));
}

describe("platform/cache", () => {
  test("500 readers of a key that is not there are one load", async () => {
    const [cache, source] = [createCache({ log }), aSource()];
    expect(await readers(cache, 500, source.load)).toEqual(Array(500).fill({ version: 1 }));
    await readers(cache, 500, source.load);
    expect(source.loads).toBe(1);
  });

  test("500 readers of an expired key are one load, and two seconds are its age at most", async () => {
    const clock = aClock();
    const [cache, source] = [createCache({ log, ...clock }), aSource()];
    await readers(cache, 1, source.load);
    source.version = 2;
    clock.at += 2_000;
    expect(await readers(cache, 1, source.load)).toEqual([{ version: 1 }]);
    clock.at += 1;
    expect(await readers(cache, 500, source.load)).toEqual(Array(500).fill({ version: 2 }));
    expect(source.loads).toBe(2);
  });

  test("reading a row does not keep it any longer", async () => {
    const clock = aClock();
    const [cache, source] = [createCache({ log, ...clock }), aSource()];
    for (let read = 0; read < 6; read += 1) {
      await readers(cache, 1, source.load);
      clock.at += 500;
    }
    expect(source.loads).toBe(2);
  });

  test("a row is as old as the question that read it", async () => {
    const clock = aClock();
    const [cache, source] = [createCache({ log, ...clock }), aSource()];
    const { promise, resolve } = Promise.withResolvers<void>();
    source.pause = promise;
    const slow = readers(cache, 1, source.load);
    clock.at += 1_500;
    resolve();
    await slow;
    clock.at += 501;
    await readers(cache, 1, source.load);
    expect(source.loads).toBe(2);
  });

  test("a key forgotten while it loads answers who asked, and nobody after them", async () => {
    const [cache, source] = [createCache({ log }), aSource()];
    const { promise, resolve } = Promise.withResolvers<void>();
    source.pause = promise;
    const early = readers(cache, 3, source.load);
    source.version = 2;
    cache.forget("event_detail", "key");
    const late = readers(cache, 3, source.load);
    resolve();
    expect(await early).toEqual(Array(3).fill({ version: 1 }));
    expect(await late).toEqual(Array(3).fill({ version: 2 }));
    expect(await readers(cache, 1, source.load)).toEqual([{ version: 2 }]);
    expect(source.loads).toBe(2);
  });

  test("a load that fails is told to everyone who waits, and is not kept", async () => {
    const [cache, source] = [createCache({ log }), aSource()];
    const broken = async () => {
      source.loads += 1;
      throw new Error("no database");
    };
    const results = await Promise.allSettled(
      Array.from({ length: 3 }, () => cache.fetch("event_detail", "key", broken)),
    );
    expect(results.map((result) => result.status)).toEqual(Array(3).fill("rejected"));
    expect(source.loads).toBe(1);
    expect(await readers(cache, 1, source.load)).toEqual([{ version: 1 }]);
  });

  test("counts what it found, what it loaded and what it dropped", async () => {
    const metrics = createMetrics("api");
    const [cache, source] = [createCache({ log, metrics }), aSource()];
    await readers(cache, 1, source.load);
    await readers(cache, 1, source.load);
    cache.forget("event_detail", "key");
    const { body } = await metrics.render();
    expect(body).toContain('cache_requests_total{cache="event_detail",result="hit"} 1');
    expect(body).toContain('cache_requests_total{cache="event_detail",result="miss"} 1');
    expect(body).toContain('cache_invalidations_total{cache="event_detail"} 1');
  });
});

import type { Metrics } from "@tsudoi/telemetry/metrics.ts";
import type { Redis } from "ioredis";
import { LRUCache } from "lru-cache";
import type { Logger } from "./log.ts";

export type CacheName = "event_detail";

/** Reads that may be this old: with every message between processes lost, a cached row is never older. */
const TTL_MS = 2_000;
const MAX_ENTRIES = 5_000;
const CHANNEL = "tsudoi:cache:forget";

export type Cache = {
  /** Loads a key once per process at a time and keeps it for two seconds. */
  fetch: <T extends object>(name: CacheName, key: string, load: () => Promise<T>) => Promise<T>;
  /** Drops a key here at once and in the other processes as soon as the message arrives. */
  forget: (name: CacheName, key: string) => void;
  /** Calls `listener` with each key that is forgotten here or in another process, until the returned function is called. */
  onForget: (name: CacheName, listener: (key: string) => void) => () => void;
};

/** Without a subscriber it is heard and does not hear: a process that changes much and reads little. */
export type CacheLinks = { publisher: Redis; subscriber?: Redis };

type Load = { load: () => Promise<object> };

/** One cache for a process; Redis only carries "forget", so without it reads are older by two seconds at most. */
export function createCache(options: {
  metrics?: Metrics;
  log: Logger;
  links?: CacheLinks;
  /** Milliseconds that only ever rise. */
  monotonicNow?: () => number;
}): Cache {
  const { metrics, links, monotonicNow: now = () => performance.now() } = options;
  const entries = new LRUCache<string, object, Load>({
    max: MAX_ENTRIES,
    ttl: TTL_MS,
    ttlResolution: 0,
    perf: { now },
    async fetchMethod(_key, _stale, { context, options: kept }) {
      const askedAt = now();
      const value = await context.load();
      // What was read may have changed since the question was sent: from there it grows old.
      kept.ttl = Math.max(1, TTL_MS - (now() - askedAt));
      return value;
    },
    // A key forgotten while it loads: whoever waits gets the answer they asked for, nobody after them does.
    ignoreFetchAbort: true,
  });
  const listeners = new Set<(entryKey: string) => void>();
  const drop = (entry: string) => {
    entries.delete(entry);
    for (const listener of listeners) listener(entry);
  };
  if (links?.subscriber !== undefined) listen(links.subscriber, drop, options.log);
  return {
    async fetch<T extends object>(
      name: CacheName,
      key: string,
      load: () => Promise<T>,
    ): Promise<T> {
      const status: LRUCache.Status<string, object, Load> = {};
      const value = await entries.forceFetch(entryKey(name, key), { context: { load }, status });
      metrics?.cacheRequestsTotal.inc({
        cache: name,
        result: status.fetch === "hit" ? "hit" : "miss",
      });
      // The key names the loader, so what is stored under it is what this loader returns.
      return value as T;
    },
    forget(name, key) {
      drop(entryKey(name, key));
      metrics?.cacheInvalidationsTotal.inc({ cache: name });
      links?.publisher.publish(CHANNEL, entryKey(name, key)).catch(ignoreDown);
    },
    onForget(name, listener) {
      const prefix = entryKey(name, "");
      const hear = (entry: string) => {
        if (entry.startsWith(prefix)) listener(entry.slice(prefix.length));
      };
      listeners.add(hear);
      return () => void listeners.delete(hear);
    },
  };
}

function listen(subscriber: Redis, drop: (entry: string) => void, log: Logger): void {
  subscriber.on("message", (_channel, entry) => drop(entry));
  subscriber.on("ready", () => {
    subscriber
      .subscribe(CHANNEL)
      .catch((error: unknown) => log.warn({ err: error }, "cache messages are not arriving"));
  });
}

function entryKey(name: CacheName, key: string): string {
  return `${name}:${key}`;
}

/** A lost message costs two seconds of age, which the time to live bounds. */
function ignoreDown(): void {}

import { once } from "node:events";
import { createServer } from "node:net";
import { Redis } from "ioredis";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "./folders.ts";
import { freePort } from "./ports.ts";
import { type RedisService, startRedis } from "./redis.ts";

async function ask<T>(service: RedisService, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(service.url, { retryStrategy: () => null });
  redis.on("error", () => {});
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}

describe("startRedis", () => {
  it("never forgets under pressure, and lets nobody in without the password", async () => {
    await using service = await startRedis();
    const policy = await ask(service, (redis) => redis.config("GET", "maxmemory-policy"));
    expect(policy).toEqual(["maxmemory-policy", "noeviction"]);

    const stranger = new Redis(service.port, "127.0.0.1", { retryStrategy: () => null });
    stranger.on("error", () => {});
    await expect(stranger.ping()).rejects.toThrow("NOAUTH");
    stranger.disconnect();
  });

  it("keeps everything through a stop when asked to, and its address through kill -9", async () => {
    const folder = await temporaryFolder("tsudoi-kept");
    const options = { dataDir: folder.path, persist: true };
    {
      await using service = await startRedis(options);
      await ask(service, (redis) => redis.set("kept", "yes"));
    }
    {
      await using service = await startRedis(options);
      const { url } = service;
      await service.kill();
      await service.start();
      expect(service.url).toBe(url);
      expect(await ask(service, (redis) => redis.get("kept"))).toBe("yes");
    }
    await folder.remove();
  });

  it("names the port that is taken", async () => {
    const port = await freePort();
    const other = createServer().listen(port, "127.0.0.1");
    await once(other, "listening");
    await expect(startRedis({ port })).rejects.toThrow(
      `Redis did not start: port ${port} is taken.`,
    );
    other.close();
  });
});

import { expect, test, vi } from "vitest";
import { createLogger } from "#core/platform/log.ts";
import { createMarks } from "#core/platform/marks.ts";
import { createRedis } from "#core/platform/redis.ts";
import { startRedis } from "./services/redis.ts";

const log = createLogger({ app: "test", level: "silent" });

test("what one process marks the other knows, without a name; without Redis it is known where it was marked", async () => {
  await using cleanUp = new AsyncDisposableStack();
  const server = cleanUp.use(await startRedis());
  const links = [1, 2].map(() =>
    cleanUp.adopt(createRedis(server.url, { role: "ratelimit", log }), (link) => link.disconnect()),
  );
  await vi.waitFor(
    () => expect(links.map((link) => link.status)).toEqual(["ready", "ready"]),
    10_000,
  );
  const [one, other] = links.map((redis) => createMarks("seen", { seconds: 600, redis }));
  await one!.add("192.0.2.7 hanako@example.test");
  for (const marks of [one!, other!]) {
    expect(await marks.has("192.0.2.7 hanako@example.test")).toBe(true);
    expect(await marks.has("192.0.2.8 hanako@example.test")).toBe(false);
  }
  const [key = "", ...rest] = await links[0]!.keys("*");
  expect(rest).toEqual([]);
  expect(key).toMatch(/^tsudoi:seen:[\w-]{43}$/);
  expect(await links[0]!.ttl(key)).toBeGreaterThan(590);
  await server.kill();
  await one!.add("192.0.2.9 hanako@example.test");
  expect(await one!.has("192.0.2.9 hanako@example.test")).toBe(true);
  expect(await other!.has("192.0.2.7 hanako@example.test")).toBe(false);
});

import { expect, test, vi } from "vitest";
import { createLogger } from "#core/platform/log.ts";
import { createRedis } from "#core/platform/redis.ts";
import { refuseForgetfulRedis } from "#core/platform/redis-memory.ts";
import { startFaultProxy } from "./fault-proxy.ts";
import { type RedisOptions, startRedis } from "./services/redis.ts";

const FAULT =
  "REDIS_URL: this Redis may forget jobs when its memory is full (maxmemory-policy allkeys-lru): set maxmemory-policy noeviction there";
const UNTOLD = "REDIS_URL: this Redis does not tell its maxmemory-policy; it has to be noeviction";

/** A Redis that evicts, or not, and a link to it by way of a network that may fail. */
async function setStage(
  parts: AsyncDisposableStack,
  options: RedisOptions = { evicts: "allkeys-lru" },
) {
  const server = parts.use(await startRedis(options));
  const network = parts.use(await startFaultProxy(server.url));
  const lines: string[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line).msg);
  const log = createLogger({ app: "test", level: "warn", destination: { write } });
  const open = (url: string) =>
    parts.adopt(createRedis(url, { role: "queue", log }), (redis) => redis.disconnect());
  const forbid = async (...commands: string[]) => {
    const admin = open(server.url);
    await vi.waitFor(() => expect(admin.status).toBe("ready"), 10_000);
    await admin.call("acl", "setuser", "default", ...commands.map((command) => `-${command}`));
  };
  const look = () => refuseForgetfulRedis(open(network.through(server.url)), log);
  return { network, lines, forbid, look };
}

test("a Redis that refuses what does not fit is taken, in silence", async () => {
  await using parts = new AsyncDisposableStack();
  const { look, lines } = await setStage(parts, {});
  await look();
  expect(lines).toEqual([]);
});

test.each([
  ["as it is", []],
  ["without CONFIG, as managed ones often are", ["config"]],
  ["without INFO", ["info"]],
])("a Redis that evicts is refused, %s", async (_name, forbidden) => {
  await using parts = new AsyncDisposableStack();
  const { forbid, look } = await setStage(parts);
  await forbid(...forbidden);
  await expect(look()).rejects.toThrow(FAULT);
});

test("a Redis that does not tell is taken, with a warning", async () => {
  await using parts = new AsyncDisposableStack();
  const { forbid, look, lines } = await setStage(parts);
  await forbid("info", "config");
  await look();
  expect(lines).toEqual([UNTOLD]);
});

test("a Redis that is away keeps nobody from starting, and is looked at when it is back", async () => {
  await using parts = new AsyncDisposableStack();
  const { network, look, lines } = await setStage(parts);
  await network.set("refuse");
  await look();
  expect(lines).not.toContain(FAULT);
  await network.set("pass");
  await vi.waitFor(() => expect(lines).toContain(FAULT), { timeout: 10_000 });
});

test("a Redis that is silent keeps nobody from starting for long", async () => {
  await using parts = new AsyncDisposableStack();
  const { network, look, lines } = await setStage(parts);
  await network.set("freeze");
  await look();
  expect(lines).not.toContain(FAULT);
}, 20_000);

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { freePort, isFree } from "@tsudoi/core/test/services/ports.ts";
import { expect, test } from "vitest";
import { refuseTakenPorts } from "#scripts/ports.ts";
import { identify, isRunning, stopProcess } from "#scripts/process-identity.ts";
import { stopLeftovers } from "#scripts/run-record.ts";
import { aPlace } from "./run-start.ts";

/** Much memory is what the kernel takes longest to give back: other threads outlive the first one meanwhile. */
const HOLDS_A_PORT = `
  const memory = Array.from({ length: 30 }, () => Buffer.alloc(8e6, 1));
  process.on("SIGTERM", () => process.exit(memory.length));
  require("node:http").createServer().listen(Number(process.argv[1]), "127.0.0.1", () => process.send("up"));
`;
/** A process that counts as gone too early is caught in half of the rounds. */
const ROUNDS = 12;

test("a process is gone when its ports are free, not before", async () => {
  const port = await freePort();
  const free: boolean[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const child = spawn(process.execPath, ["-e", HOLDS_A_PORT, String(port)], {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    await once(child, "message");
    const identity = identify(child.pid ?? 0);
    if (identity === undefined) throw new Error("it is not to be seen");
    child.kill("SIGTERM");
    // As often as can be: the time between the two is short.
    while (isRunning(identity)) await new Promise((resolve) => setImmediate(resolve));
    free.push(await isFree(port));
  }
  expect(free).toEqual(Array.from({ length: ROUNDS }, () => true));
}, 120_000);

test("what does not listen to a signal is killed when its grace is over", async () => {
  const deaf = 'process.on("SIGTERM", () => {}); process.send("up"); setInterval(() => {}, 1_000)';
  const child = spawn(process.execPath, ["-e", deaf], {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  await once(child, "message");
  const ended = once(child, "exit");
  const identity = identify(child.pid ?? 0);
  if (identity === undefined) throw new Error("it is not to be seen");
  await stopProcess(identity, { signal: "SIGTERM", graceMs: 100 });
  expect(await ended).toEqual([null, "SIGKILL"]);
});

async function aTakenPort(parts: AsyncDisposableStack) {
  const { env } = await aPlace(parts);
  const port = Number(env.PORT);
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  parts.defer(() => void server.close());
  return {
    port,
    server,
    wanted: { host: "127.0.0.1", port, metricsPort: Number(env.METRICS_PORT) },
  };
}

test("a port that what was left still holds is waited for", async () => {
  await using parts = new AsyncDisposableStack();
  const { port, server, wanted } = await aTakenPort(parts);
  const waiting = refuseTakenPorts(wanted, 20_000).then(() => "free", String);
  expect(await isFree(port)).toBe(false);
  server.close();
  expect(await waiting).toBe("free");
});

test("somebody else's port is refused in the end, by its name", async () => {
  await using parts = new AsyncDisposableStack();
  const { port, wanted } = await aTakenPort(parts);
  await expect(refuseTakenPorts(wanted, 100)).rejects.toThrow(
    `port ${port} is taken: stop what uses it, or set PORT to a free one`,
  );
});

test("a record that a crash of the machine left empty keeps no start away", async () => {
  await using parts = new AsyncDisposableStack();
  const { dataDir } = await aPlace(parts);
  await writeFile(join(dataDir, "run.json"), "");
  expect(await stopLeftovers(dataDir)).toEqual([]);
  expect(await readdir(dataDir)).toEqual([]);
});

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";

const LOCK = new URL("../bootstrap/lock.mjs", import.meta.url).href;

async function aFolder(parts: AsyncDisposableStack) {
  const folder = await mkdtemp(join(tmpdir(), "tsudoi-lock-"));
  parts.defer(() => rm(folder, { recursive: true }));
  return { folder, file: join(folder, "bootstrap.lock") };
}

/** A command that installs, until it is told to end or at once. */
function aCommand(folder: string, options: { holds?: boolean; patienceMs?: number } = {}) {
  const work = options.holds ? "new Promise((end) => process.once('SIGTERM', end))" : "undefined";
  const script = `
    import { withLock } from ${JSON.stringify(LOCK)};
    const alive = setInterval(() => {}, 1_000);
    const work = () => (console.log("got it"), ${work});
    await withLock(${JSON.stringify(folder)}, work, ${options.patienceMs}).catch((error) => console.log(error.message));
    clearInterval(alive);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script]);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const ended = once(child, "close").then(() => ({ stdout, stderr }));
  const got = () => vi.waitFor(() => expect(stdout).toBe("got it\n"), 10_000);
  return {
    pid: child.pid,
    ended,
    got,
    said: () => stderr,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

test("the second waits, saying once for whom, until the first is done", async () => {
  await using parts = new AsyncDisposableStack();
  const { folder, file } = await aFolder(parts);
  const first = parts.use(aCommand(folder, { holds: true }));
  await first.got();
  const second = parts.use(aCommand(folder));
  const line = `Waiting for process ${first.pid}, which is installing (${file})\n`;
  await vi.waitFor(() => expect(second.said()).toBe(line), 10_000);
  first.kill("SIGTERM");
  expect(await second.ended).toEqual({ stdout: "got it\n", stderr: line });
  expect(existsSync(file)).toBe(false);
});

test("nobody waits for ever, and whom to end is said", async () => {
  await using parts = new AsyncDisposableStack();
  const { folder, file } = await aFolder(parts);
  const first = parts.use(aCommand(folder, { holds: true }));
  await first.got();
  const { stdout } = await parts.use(aCommand(folder, { patienceMs: 300 })).ended;
  expect(stdout).toBe(
    `process ${first.pid} has been installing for too long: end it, or remove ${file}\n`,
  );
  expect(existsSync(file)).toBe(true);
});

test("the lock of one that was killed is nobody's", async () => {
  await using parts = new AsyncDisposableStack();
  const { folder, file } = await aFolder(parts);
  const first = parts.use(aCommand(folder, { holds: true }));
  await first.got();
  first.kill("SIGKILL");
  await first.ended;
  expect(existsSync(file)).toBe(true);
  expect(await parts.use(aCommand(folder)).ended).toEqual({ stdout: "got it\n", stderr: "" });
});

test("a lock whose number another process has by now is nobody's", async () => {
  await using parts = new AsyncDisposableStack();
  const { folder, file } = await aFolder(parts);
  const first = parts.use(aCommand(folder, { holds: true }));
  await first.got();
  const left = readFileSync(file, "utf8");
  expect(left).toMatch(new RegExp(`^${first.pid} `));
  first.kill("SIGTERM");
  await first.ended;
  await writeFile(file, left.replace(/^\d+/, String(process.pid)));
  expect(await parts.use(aCommand(folder)).ended).toEqual({ stdout: "got it\n", stderr: "" });
});

test("an empty lock is somebody's for moments only", async () => {
  await using parts = new AsyncDisposableStack();
  const { folder, file } = await aFolder(parts);
  await writeFile(file, "");
  // Seconds to spare for a machine that is busy.
  const soon = new Date(Date.now() + 4_000);
  await utimes(file, soon, soon);
  const second = parts.use(aCommand(folder, { patienceMs: 300 }));
  const reason = `another command has been installing for too long: end it, or remove ${file}\n`;
  expect((await second.ended).stdout).toBe(reason);
  const before = new Date(Date.now() - 6_000);
  await utimes(file, before, before);
  expect((await parts.use(aCommand(folder)).ended).stdout).toBe("got it\n");
});

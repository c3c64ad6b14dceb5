import { mkdir, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { aPlace, runCommand } from "./run-start.ts";

/** A folder that only its owner enters: a server that runs as somebody else keeps its data elsewhere. */
async function aPrivateFolder(parts: AsyncDisposableStack): Promise<string> {
  const { dataDir } = await aPlace(parts);
  const folder = join(dataDir, "private");
  await mkdir(folder, { mode: 0o700 });
  return folder;
}

async function forget(dataDir: string): Promise<void> {
  await rm(await realpath(join(dataDir, "postgres")), { recursive: true });
  await rm(dataDir, { recursive: true });
}

test("a backup needs nothing of the folder it was made from, and restores into an empty folder only", async () => {
  await using parts = new AsyncDisposableStack();
  const folder = await aPrivateFolder(parts);
  const file = join(folder, "backup.tar.gz");
  const first = { DATA_DIR: join(folder, "first") };
  const seeded = await runCommand("seed", { env: first, args: ["--users", "50"] });
  expect(seeded.code, seeded.stderr).toBe(0);
  const made = await runCommand("backup", { env: first, args: [file] });
  expect(made.code, made.stderr).toBe(0);
  const [, rows] = made.stderr.match(/tables, (\d+) rows/) ?? [];
  expect(Number(rows)).toBeGreaterThan(117);
  const secrets = await readFile(join(first.DATA_DIR, "secrets.json"), "utf8");
  await forget(first.DATA_DIR);

  const second = { DATA_DIR: join(folder, "second") };
  const restored = await runCommand("restore", { env: second, args: [file] });
  expect(restored.code, restored.stderr).toBe(0);
  expect(restored.stderr).toContain(`tables, ${rows} rows`);
  expect(await readFile(join(second.DATA_DIR, "secrets.json"), "utf8")).toBe(secrets);
  const tokens = await runCommand("tokens", { env: second, args: ["--users", "50"] });
  expect(tokens.stdout.trim().split("\n")).toHaveLength(50);

  const again = await runCommand("restore", { env: second, args: [file] });
  expect(again.code).toBe(1);
  expect(again.stderr).toMatch(/^tsudoi: data folder \S+ is not empty: .*\n$/);
  await forget(second.DATA_DIR);
});

test.each([
  ["no archive", Buffer.from("not a tar"), /^tsudoi: tar failed: .*\n$/],
  ["nothing at all", undefined, /^tsudoi: there is no file \S+\n$/],
])("restores nothing from %s, and leaves the folder empty", async (_what, content, line) => {
  await using parts = new AsyncDisposableStack();
  const { dataDir } = await aPlace(parts);
  const file = join(dataDir, "backup.tar.gz");
  if (content !== undefined) await writeFile(file, content);
  const env = { DATA_DIR: join(dataDir, "data") };
  const { code, stderr } = await runCommand("restore", { env, args: [file] });
  expect(stderr.replace(/^✓.*\n/gm, "")).toMatch(line);
  expect(code).toBe(1);
  const left = await readdir(env.DATA_DIR).catch(() => []);
  expect(left.filter((name) => name !== "lock")).toEqual([]);
});

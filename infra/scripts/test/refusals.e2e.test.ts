import { randomBytes } from "node:crypto";
import { rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startRedis } from "@tsudoi/core/test/services/redis.ts";
import { describe, expect, inject, test } from "vitest";
import { connect } from "#scripts/database.ts";
import { aPlace, runCommand } from "./run-start.ts";

const EXTERNAL = {
  SECRETS: randomBytes(32).toString("base64url"),
  SMTP_URL: "smtp://127.0.0.1:1",
  MAIL_FROM: "Tsudoi <tsudoi@demo.test>",
};

async function aDatabase(parts: AsyncDisposableStack, encoding: string): Promise<string> {
  const name = `refusals_${randomBytes(4).toString("hex")}`;
  const { sql } = parts.use(connect(inject("databaseServer").url));
  await sql.unsafe(`create database ${name} template template0 encoding '${encoding}' locale 'C'`);
  parts.defer(async () => {
    await sql.unsafe(`drop database ${name} with (force)`);
  });
  const url = new URL(inject("databaseServer").url);
  url.pathname = name;
  return url.href;
}

describe("one clear line, and exit code 1", () => {
  test.each([
    ["start", { PORT: "abc" }, "PORT must be a port from 1 to 65535"],
    ["start", { DATABASE_URL: "postgres://x@localhost/x" }, "REDIS_URL is missing"],
    ["dev", { DEMO: "maybe" }, "DEMO must be one of 0, 1"],
    ["migrate", { DATABASE_URL: "x" }, "DATABASE_URL must be a postgres:// URL"],
    ["api", {}, 'no system runs on data folder .*: run "npm start" first'],
    ["worker", {}, 'no system runs on data folder .*: run "npm start" first'],
    ["backup", {}, "npm run backup -- FILE"],
    ["restore", {}, "npm run restore -- FILE"],
    ["seed", {}, "npm run seed -- --events N --users N --registrations N"],
    ["tokens", {}, "npm run tokens -- --users N"],
    ["admin", {}, "--email is missing: npm run admin -- --email"],
  ])("%s with %o", async (command, settings, line) => {
    await using parts = new AsyncDisposableStack();
    const { env } = await aPlace(parts);
    const { code, stdout, stderr } = await runCommand(command, { env: { ...env, ...settings } });
    expect(stderr).toMatch(new RegExp(`^tsudoi: ${line}.*\\n$`));
    expect(stdout).toBe("");
    expect(code).toBe(1);
  });

  test("a data folder that cannot be one", async () => {
    await using parts = new AsyncDisposableStack();
    const { env, dataDir } = await aPlace(parts);
    await writeFile(join(dataDir, "file"), "");
    const place = { ...env, DATA_DIR: join(dataDir, "file/inside") };
    const { code, stderr } = await runCommand("start", { env: place });
    expect(stderr).toMatch(/^tsudoi: data folder \S+ cannot be used \(ENOTDIR\): .*\n$/);
    expect(code).toBe(1);
  });

  test("a machine without Redis", async () => {
    await using parts = new AsyncDisposableStack();
    const { env } = await aPlace(parts);
    const { dataDir: path } = await aPlace(parts);
    for (const name of ["sh", "id", "ps", "kill"]) await symlink(`/bin/${name}`, join(path, name));
    const { code, stderr } = await runCommand("start", { env: { ...env, PATH: path } });
    expect(stderr).toMatch(
      /^tsudoi: No valkey-server or redis-server on the PATH: .* DATABASE_URL and REDIS_URL.\n$/,
    );
    expect(code).toBe(1);
  });

  test("a PostgreSQL or a Redis that does not answer", async () => {
    await using parts = new AsyncDisposableStack();
    const { env } = await aPlace(parts);
    const redis = parts.use(await startRedis());
    const noDatabase = { DATABASE_URL: "postgres://u:pw@127.0.0.1:1/none", REDIS_URL: redis.url };
    const first = await runCommand("start", { env: { ...env, ...EXTERNAL, ...noDatabase } });
    expect(first.stderr).toMatch(
      /^tsudoi: DATABASE_URL: the database at 127.0.0.1 cannot be used \(ECONNREFUSED\)\n$/,
    );
    const noRedis = {
      DATABASE_URL: await aDatabase(parts, "UTF8"),
      REDIS_URL: "redis://127.0.0.1:1",
    };
    const second = await runCommand("start", { env: { ...env, ...EXTERNAL, ...noRedis } });
    expect(second.stderr).toMatch(
      /^tsudoi: REDIS_URL: Redis at 127.0.0.1 cannot be reached \(ECONNREFUSED\)\n$/,
    );
    expect([first.code, second.code]).toEqual([1, 1]);
    expect(first.stderr + second.stderr).not.toContain("pw");
  });

  test("a Redis that may forget jobs", async () => {
    await using parts = new AsyncDisposableStack();
    const { env } = await aPlace(parts);
    const redis = parts.use(await startRedis({ evicts: "allkeys-lru" }));
    const settings = { DATABASE_URL: await aDatabase(parts, "UTF8"), REDIS_URL: redis.url };
    const { code, stderr } = await runCommand("start", {
      env: { ...env, ...EXTERNAL, ...settings },
    });
    expect(stderr).toBe(
      "tsudoi: REDIS_URL: this Redis may forget jobs when its memory is full (maxmemory-policy allkeys-lru): set maxmemory-policy noeviction there\n",
    );
    expect(code).toBe(1);
  });

  test("a database that cannot hold Japanese", async () => {
    await using parts = new AsyncDisposableStack();
    const { env } = await aPlace(parts);
    const redis = parts.use(await startRedis());
    const settings = { DATABASE_URL: await aDatabase(parts, "SQL_ASCII"), REDIS_URL: redis.url };
    const { code, stderr } = await runCommand("start", {
      env: { ...env, ...EXTERNAL, ...settings },
    });
    expect(stderr).toBe(
      "tsudoi: DATABASE_URL: the database's encoding is SQL_ASCII, and Tsudoi needs UTF8\n",
    );
    expect(code).toBe(1);
  });

  test("a process alone on a database that is not migrated, until it is", async () => {
    await using parts = new AsyncDisposableStack();
    const { env } = await aPlace(parts);
    const DATABASE_URL = await aDatabase(parts, "UTF8");
    const settings = { ...env, ...EXTERNAL, DATABASE_URL, REDIS_URL: "redis://127.0.0.1:1" };
    for (const command of ["api", "worker"]) {
      const { code, stderr } = await runCommand(command, { env: settings });
      expect(stderr).toMatch(
        /^tsudoi: the database is not migrated \(\d+ to apply\): run "npm run migrate"\n$/,
      );
      expect(code).toBe(1);
    }
    const migrated = await runCommand("migrate", { env: { DATABASE_URL } });
    expect(migrated.code, migrated.stderr).toBe(0);
    const again = await runCommand("migrate", { env: { DATABASE_URL } });
    expect(again.stderr).toBe("The database is up to date.\n");
  });
});

test("a folder that a failed start leaves is clean: the next one makes the system", async () => {
  await using parts = new AsyncDisposableStack();
  const { env, dataDir } = await aPlace(parts);
  await runCommand("start", { env: { ...env, PATH: "/nowhere" } });
  await rm(join(dataDir, "lock"));
  const { code, stderr } = await runCommand("migrate", { env });
  expect(code, stderr).toBe(0);
});

test("of two commands on one folder at one moment, one works and the other is refused", async () => {
  await using parts = new AsyncDisposableStack();
  const { env } = await aPlace(parts);
  const both = await Promise.all([runCommand("migrate", { env }), runCommand("migrate", { env })]);
  const [worked, refused] = both.toSorted((a, b) => (a.code ?? 0) - (b.code ?? 0));
  expect(worked?.code, worked?.stderr).toBe(0);
  expect(refused?.code).toBe(1);
  expect(refused?.stderr).toMatch(
    /^tsudoi: data folder \S+ is in use by (?:process \d+ running a|another) command: .*\n$/,
  );
});

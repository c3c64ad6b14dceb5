import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, lstat, mkdir, readFile, realpath, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import postgres from "postgres";
import { describe, expect, it, vi } from "vitest";
import { temporaryFolder } from "./folders.ts";
import { freePort } from "./ports.ts";
import { type PostgresService, startPostgres } from "./postgres.ts";
import { programName } from "./processes.ts";

async function ask<T>(service: PostgresService, statement: string): Promise<T[]> {
  const sql = postgres(service.url("postgres"), { max: 1, onnotice: () => {} });
  try {
    return (await sql.unsafe(statement)) as unknown as T[];
  } finally {
    await sql.end();
  }
}

async function isAlive(pid: number): Promise<boolean> {
  return (await programName(pid)) !== "";
}

async function folderFor(name: string) {
  const folder = await temporaryFolder(`tsudoi-${name}`);
  await chmod(folder.path, 0o755);
  return { dataDir: join(folder.path, "postgres"), [Symbol.asyncDispose]: folder.remove };
}

describe("startPostgres", () => {
  it("speaks UTF-8, finds Japanese by trigrams, and lets nobody in without the password", async () => {
    await using service = await startPostgres({ durable: false });
    await ask(service, "create extension pg_trgm");
    const [row] = await ask(
      service,
      `select current_setting('server_encoding') as encoding, current_setting('data_checksums') as checksums,
        show_trgm('新製品説明会') <> '{}' as japanese, current_setting('server_version_num')::int / 10000 as major`,
    );
    expect(row).toEqual({ encoding: "UTF8", checksums: "on", japanese: true, major: 18 });

    const url = new URL(service.url("postgres"));
    url.password = "wrong";
    const stranger = postgres(url.href, { max: 1 });
    await expect(stranger`select 1`).rejects.toMatchObject({ code: "28P01" });
    await stranger.end();
  });

  it("keeps what was committed through kill -9", async () => {
    await using folder = await folderFor("crash");
    await using service = await startPostgres({ dataDir: folder.dataDir });
    await ask(service, "create table kept (n int); insert into kept values (1)");
    const { port } = service;
    await service.kill();
    await service.start();
    expect(service.port).toBe(port);
    expect(await ask(service, "select n from kept")).toEqual([{ n: 1 }]);
    expect((await stat(join(folder.dataDir, "password"))).mode & 0o777).toBe(0o600);
  });

  it("ends with its parent, kill -9 included, and its folder can be used at once", async () => {
    await using folder = await folderFor("orphan");
    const module = new URL("./postgres.ts", import.meta.url).href;
    const script = `const { startPostgres } = await import(${JSON.stringify(module)});
      const service = await startPostgres({ dataDir: ${JSON.stringify(folder.dataDir)} });
      console.log(service.pid);`;
    const parent = spawn(process.execPath, ["--input-type=module", "-e", script], {
      cwd: join(import.meta.dirname, "../.."),
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = await once(createInterface({ input: parent.stdout }), "line");
    expect(await isAlive(Number(line))).toBe(true);
    parent.kill("SIGKILL");
    await using service = await startPostgres({ dataDir: folder.dataDir });
    expect(await isAlive(Number(line))).toBe(false);
    expect(await ask(service, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("refuses a folder whose server has a living owner", async () => {
    await using folder = await folderFor("twice");
    await using _first = await startPostgres({ dataDir: folder.dataDir, durable: false });
    await expect(startPostgres({ dataDir: folder.dataDir })).rejects.toThrow(
      `is in use: process ${process.pid} runs PostgreSQL on it.`,
    );
  });

  it("does not believe a pid file whose number another program has by now", async () => {
    await using folder = await folderFor("stale");
    const first = await startPostgres({ dataDir: folder.dataDir, durable: false });
    await first.kill();
    const pidFile = join(first.clusterDir, "postmaster.pid");
    const text = await readFile(pidFile, "utf8");
    await writeFile(pidFile, text.replace(/^\d+/, String(process.pid)));
    await using second = await startPostgres({ dataDir: folder.dataDir, durable: false });
    expect(await ask(second, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("leaves another PostgreSQL alone that has the number of a pid file by now", async () => {
    await using folder = await folderFor("reused");
    await using other = await startPostgres({ durable: false });
    const first = await startPostgres({ dataDir: folder.dataDir, durable: false });
    await first.kill();
    const pidFile = join(first.clusterDir, "postmaster.pid");
    const text = await readFile(pidFile, "utf8");
    await writeFile(pidFile, text.replace(/^\d+/, String(other.pid)));
    await rm(join(folder.dataDir, "owner"));
    await using second = await startPostgres({ dataDir: folder.dataDir, durable: false });
    expect(await ask(second, "select 1 as one")).toEqual([{ one: 1 }]);
    expect(await ask(other, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("names the port that is taken", async () => {
    const port = await freePort();
    const other = createServer().listen(port, "127.0.0.1");
    await once(other, "listening");
    await expect(startPostgres({ port, durable: false })).rejects.toThrow(
      `PostgreSQL did not start: port ${port} is taken.`,
    );
    other.close();
  });

  it("makes a cluster whole or not at all", async () => {
    await using folder = await folderFor("half");
    await mkdir(join(folder.dataDir, "cluster.new/base"), { recursive: true });
    await using service = await startPostgres({ dataDir: folder.dataDir, durable: false });
    expect(await ask(service, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("tells why it ended", async () => {
    await using service = await startPostgres({ durable: false });
    const { exited } = service;
    await service.kill();
    expect(await exited).toBe("PostgreSQL ended: killed by SIGKILL");
  });

  it("ends quickly though a session is busy", async () => {
    await using service = await startPostgres({ durable: false });
    const sql = postgres(service.url("postgres"), { max: 1, onnotice: () => {} });
    const busy = sql`select pg_sleep(600)`.execute().catch((error: Error) => error);
    await vi.waitFor(async () => {
      const [row] = await ask<{ n: number }>(
        service,
        "select count(*)::int as n from pg_stat_activity where wait_event = 'PgSleep'",
      );
      expect(row?.n).toBe(1);
    }, 10_000);
    const { pid } = service;
    await service.stop();
    expect(await isAlive(pid)).toBe(false);
    expect(await busy).toBeInstanceOf(Error);
    await sql.end();
  });
});

if (process.getuid?.() === 0) {
  describe("startPostgres as root", () => {
    it("moves its data to where its user reaches them, and says so", async () => {
      const folder = await temporaryFolder("tsudoi-closed");
      const dataDir = join(folder.path, "postgres");
      const said: string[] = [];
      const options = { dataDir, onStep: (line: string) => void said.push(line) };
      {
        await using service = await startPostgres(options);
        await ask(service, "create table kept (n int); insert into kept values (1)");
      }
      expect((await lstat(dataDir)).isSymbolicLink()).toBe(true);
      const place = await realpath(dataDir);
      expect(said[0]).toBe(
        `PostgreSQL keeps its data in ${place}: user postgres cannot enter ${folder.path}`,
      );
      said.length = 0;
      {
        await using service = await startPostgres(options);
        expect(await ask(service, "select n from kept")).toEqual([{ n: 1 }]);
        expect(said).toEqual([]);
      }
      await rm(place, { recursive: true });
      await folder.remove();
    });

    it("goes on as the user who made the folder without root", async () => {
      await using folder = await folderFor("owned");
      const first = await startPostgres({ dataDir: folder.dataDir, durable: false });
      await first.stop();
      execFileSync("chown", ["-R", "daemon:daemon", folder.dataDir]);
      await using second = await startPostgres({ dataDir: folder.dataDir, durable: false });
      expect(await ask(second, "select 1 as one")).toEqual([{ one: 1 }]);
    });
  });
}

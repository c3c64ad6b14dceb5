import type { Sql } from "postgres";
import { describe, expect, it, vi } from "vitest";
import { createTestDatabase } from "#test/database.ts";
import { aFolder, connect, PLAIN } from "#test/migrations.ts";
import { migrate } from "./migrate.ts";

/** Longer than a lock is waited for, with room for a machine that is busy: who was made to wait for more is refused. */
const PATIENCE_MS = 10_000;
const SOON = { timeout: 30_000, interval: 20 };

const INDEX = "-- alone\ncreate index concurrently if not exists first_n on first (n)";

/** A table that somebody has written to and not yet committed; `done` ends that. */
async function aBusyTable(sql: Sql) {
  await sql`create table first (n int)`;
  const reserved = await sql.reserve();
  await reserved`begin`;
  await reserved`insert into first values (1)`;
  return {
    async done() {
      await reserved`commit`;
      reserved.release();
    },
  };
}

/** When the statement began that the migrator waits in. */
async function waitingSince(sql: Sql): Promise<string | undefined> {
  const [row] = await sql<{ since: string }[]>`
    select query_start::text as since from pg_stat_activity
    where datname = current_database() and application_name = 'migrate' and wait_event_type = 'Lock'`;
  return row?.since;
}

async function isValid(sql: Sql): Promise<boolean | undefined> {
  const [row] = await sql<{ valid: boolean }[]>`
    select indisvalid as valid from pg_index where indexrelid = to_regclass('first_n')`;
  return row?.valid;
}

describe("migrate, beside others", () => {
  it("a change of a table that somebody holds asks again and again, and makes nobody wait for long", async () => {
    await using database = await createTestDatabase();
    await using folder = await aFolder({ "9001_second.sql": PLAIN["9001_second.sql"] });
    await using holder = connect(database.url);
    const table = await aBusyTable(holder.sql);
    const migrating = migrate(database.url, undefined, folder.url);
    await using watcher = connect(database.url);
    await using other = connect(database.url, { patienceMs: PATIENCE_MS });
    const tries = new Set<string>();
    while (tries.size < 2) {
      await vi.waitFor(async () => {
        const since = (await waitingSince(watcher.sql)) ?? "";
        expect(tries.has(since) ? "" : since).not.toBe("");
        tries.add(since);
      }, SOON);
      // Both stand behind the migrator's request, until it gives that up for a while.
      await other.sql`select n from first`;
      await other.sql`insert into first values (2)`;
    }
    await table.done();
    expect(await migrating).toEqual(["9001_second"]);
  }, 60_000);

  it("an index that is built alone waits for who has written, and nobody waits for it", async () => {
    await using database = await createTestDatabase();
    await using folder = await aFolder({ "9002_index.sql": INDEX });
    await using holder = connect(database.url);
    const table = await aBusyTable(holder.sql);
    const migrating = migrate(database.url, undefined, folder.url);
    await using other = connect(database.url, { patienceMs: PATIENCE_MS });
    const since = await vi.waitFor(async () => {
      const found = await waitingSince(other.sql);
      expect(found).toBeDefined();
      return found;
    }, SOON);
    await other.sql`select n from first`;
    await other.sql`insert into first values (2)`;
    expect(await waitingSince(other.sql)).toBe(since);
    await table.done();
    expect(await migrating).toEqual(["9002_index"]);
    expect(await isValid(other.sql)).toBe(true);
  }, 60_000);

  it("goes on where a crash cut it off, and builds anew what was left half built", async () => {
    await using database = await createTestDatabase();
    await using folder = await aFolder({
      "9002_index.sql": `${INDEX.replace("index", "unique index")};
        --> statement-breakpoint
        select 1 / n from first`,
    });
    await using connection = connect(database.url);
    const { sql } = connection;
    await sql`create table first (n int)`;
    await sql`insert into first values (0), (0)`;
    const run = () => migrate(database.url, undefined, folder.url);
    await expect(run()).rejects.toThrow("Migration 9002_index failed: could not create unique");
    expect(await isValid(sql)).toBe(false);
    await sql`update first set n = 1 where ctid = (select min(ctid) from first)`;
    await expect(run()).rejects.toThrow("Migration 9002_index failed: division by zero");
    expect(await isValid(sql)).toBe(true);
    await sql`delete from first where n = 0`;
    expect(await run()).toEqual(["9002_index"]);
    expect(await run()).toEqual([]);
  });

  it("one builds the index, however many migrators start together", async () => {
    await using database = await createTestDatabase();
    await using folder = await aFolder({ ...PLAIN, "9002_index.sql": INDEX });
    const all = await Promise.all(
      Array.from({ length: 4 }, () => migrate(database.url, undefined, folder.url)),
    );
    expect(all.flat()).toEqual(["9000_first", "9001_second", "9002_index"]);
    await using connection = connect(database.url);
    expect(await isValid(connection.sql)).toBe(true);
  });
});

import { describe, expect, it } from "vitest";
import { createTestDatabase } from "#test/database.ts";
import { aFolder, connect, PLAIN } from "#test/migrations.ts";
import { migrate, pendingMigrations } from "./migrate.ts";

describe("migrate", () => {
  it("has nothing to do in a database copied from the template", async () => {
    await using database = await createTestDatabase();
    expect(await pendingMigrations(database.url)).toEqual([]);
    expect(await migrate(database.url)).toEqual([]);
  });

  it("applies what is missing, in order, and tells each", async () => {
    await using database = await createTestDatabase();
    await using folder = await aFolder(PLAIN);
    expect(await pendingMigrations(database.url, folder.url)).toEqual([
      "9000_first",
      "9001_second",
    ]);
    const told: string[] = [];
    await migrate(database.url, (name) => told.push(name), folder.url);
    expect(told).toEqual(["9000_first", "9001_second"]);
    expect(await pendingMigrations(database.url, folder.url)).toEqual([]);
  });

  it("applies each file once, however many migrators start together", async () => {
    await using database = await createTestDatabase();
    await using folder = await aFolder(PLAIN);
    const all = await Promise.all(
      Array.from({ length: 4 }, () => migrate(database.url, undefined, folder.url)),
    );
    expect(all.flat().sort()).toEqual(["9000_first", "9001_second"]);
    await using connection = connect(database.url);
    expect(await connection.sql`select n from first`).toHaveLength(1);
  });

  it("applies a file whole or not at all", async () => {
    await using database = await createTestDatabase();
    await using folder = await aFolder({
      "9000_broken.sql": "create table half (n int); select 1 / 0;",
    });
    await expect(migrate(database.url, undefined, folder.url)).rejects.toThrow(
      "Migration 9000_broken failed: division by zero",
    );
    await using connection = connect(database.url);
    const [row] = await connection.sql`select to_regclass('half') as half`;
    expect(row).toEqual({ half: null });
    expect(await pendingMigrations(database.url, folder.url)).toEqual(["9000_broken"]);
  });

  it("refuses a file that was changed after it was applied", async () => {
    await using database = await createTestDatabase();
    await using folder = await aFolder(PLAIN);
    await migrate(database.url, undefined, folder.url);
    await folder.write({ "9001_second.sql": "alter table first add column k int;" });
    await expect(migrate(database.url, undefined, folder.url)).rejects.toThrow(
      "Migration 9001_second was changed after it was applied: add a new file instead.",
    );
  });

  it("repeats a file that says so, each batch a transaction of its own, until nothing is left to do", async () => {
    await using database = await createTestDatabase();
    await using folder = await aFolder({
      ...PLAIN,
      "9002_batches.sql": `-- repeat: two rows each
        with batch as (select n from first where m is null order by n limit 2)
        update first set m = pg_current_xact_id()::text::int from batch where first.n = batch.n`,
    });
    await using connection = connect(database.url);
    await connection.sql`create table first (n int)`;
    await connection.sql`insert into first select generate_series(2, 5)`;
    await folder.write({ "9000_first.sql": "insert into first values (1);" });
    const told: string[] = [];
    await migrate(database.url, (name) => told.push(name), folder.url);
    expect(told).toEqual(["9000_first", "9001_second", "9002_batches"]);
    const batches = await connection.sql`
      select count(*)::int as rows from first where m is not null group by m order by m`;
    expect(batches.map(({ rows }) => rows)).toEqual([2, 2, 1]);
    expect(await migrate(database.url, undefined, folder.url)).toEqual([]);
  });

  it("takes what older files made, up to the one that is named, for what the new ones make", async () => {
    await using database = await createTestDatabase();
    await using folder = await aFolder(PLAIN);
    await migrate(database.url, undefined, folder.url);
    await using squashed = await aFolder({
      "9000_both.sql": "-- replaces 9001_second\ncreate table first (n int, m int);",
      "9001_next.sql": "alter table first add column k int;",
    });
    expect(await pendingMigrations(database.url, squashed.url)).toEqual(["9001_next"]);
    expect(await migrate(database.url, undefined, squashed.url)).toEqual(["9001_next"]);
    await using fresh = await createTestDatabase();
    expect(await migrate(fresh.url, undefined, squashed.url)).toEqual(["9000_both", "9001_next"]);
  });
});

import { expect, it } from "vitest";
import { createTestDatabase } from "#test/database.ts";
import { pendingMigrations } from "./migrate.ts";

it("has nothing to do in a database copied from the template", async () => {
  await using database = await createTestDatabase();
  expect(await pendingMigrations(database.url)).toEqual([]);
});

import { createTestDatabase } from "@tsudoi/core/test/database.ts";
import { partsOfWebp } from "@tsudoi/core/test/pictures.ts";
import { expect, test } from "vitest";
import { connect } from "#scripts/database.ts";
import { seedDemo } from "./seed-demo.ts";

test("some of the demo's events have a picture, each its own and made like any other", async () => {
  await using database = await createTestDatabase();
  await seedDemo(database.url);
  await using connection = connect(database.url);
  const shown = await connection.sql<{ content: Buffer }[]>`
    select f.content from events e
    join files f on f.organization_id = e.organization_id and f.id = e.cover_id`;
  expect(shown).toHaveLength(4);
  for (const { content } of shown) expect(partsOfWebp(content)).toEqual(["VP8 "]);
  expect(new Set(shown.map(({ content }) => content.toString("base64"))).size).toBe(4);
});

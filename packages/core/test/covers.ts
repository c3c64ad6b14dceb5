import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { files } from "#core/db/schema/files.ts";
import { anEvent, type TestEvent, type TestUser } from "./builders.ts";
import { aPicture } from "./pictures.ts";

/** An event of somebody's with a picture. */
export async function aCoveredEvent(
  ctx: Context,
  owner: TestUser,
  overrides: Parameters<typeof anEvent>[2] = {},
): Promise<TestEvent & { coverId: string }> {
  const size = { width: 480, height: 270 };
  const [file] = await ctx.db
    .insert(files)
    .values({
      organizationId: owner.organizationId,
      kind: "cover",
      mediaType: "image/webp",
      content: await aPicture({ ...size, format: "webp" }),
      ...size,
      createdBy: owner.id,
    })
    .returning({ id: files.id });
  if (file === undefined) throw new Error("the file was not made");
  return { ...(await anEvent(ctx, owner, { coverId: file.id, ...overrides })), coverId: file.id };
}

/** Which of the pictures are still there. */
export async function keptFiles(ctx: Context, ids: (string | null)[]): Promise<string[]> {
  const rows = await ctx.db.execute<{ id: string }>(sql`
    select id from files where id = any(${sql.param(ids)}::uuid[]) order by id`);
  return rows.map(({ id }) => id);
}

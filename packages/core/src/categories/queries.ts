import type { Category } from "@tsudoi/shared/categories.ts";
import { CategorySlug } from "@tsudoi/shared/events.ts";
import type { Page } from "@tsudoi/shared/paging.ts";
import { and, asc, eq, gt } from "drizzle-orm";
import * as z from "zod/mini";
import { authorise } from "#core/auth/authorise.ts";
import type { Context } from "#core/db/context.ts";
import { readCursor, writeCursor } from "#core/db/cursor.ts";
import { categories } from "#core/db/schema/categories.ts";

const Position = z.tuple([CategorySlug]);

/** The organisation's categories by slug. */
export async function listCategories(
  ctx: Context,
  input: { cursor?: string | undefined; limit: number },
): Promise<Page<Category>> {
  const actor = authorise(ctx, "events.browse");
  const after = input.cursor === undefined ? undefined : readCursor(input.cursor, Position);
  const rows = await ctx.db
    .select({ slug: categories.slug, nameJa: categories.nameJa, nameEn: categories.nameEn })
    .from(categories)
    .where(
      and(
        eq(categories.organizationId, actor.organizationId),
        after === undefined ? undefined : gt(categories.slug, after[0]),
      ),
    )
    .orderBy(asc(categories.slug))
    .limit(input.limit + 1);
  const items = rows.slice(0, input.limit);
  const last = items.at(-1);
  return {
    items: items.map((row) => ({ slug: row.slug, name: { ja: row.nameJa, en: row.nameEn } })),
    nextCursor: rows.length > input.limit && last !== undefined ? writeCursor([last.slug]) : null,
  };
}

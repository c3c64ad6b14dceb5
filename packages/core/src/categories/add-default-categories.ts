import { DEFAULT_CATEGORIES } from "@tsudoi/shared/categories.ts";
import type { Context } from "#core/db/context.ts";
import { categories } from "#core/db/schema/categories.ts";

/** Adding them twice changes nothing. */
export async function addDefaultCategories(tx: Context, organizationId: string): Promise<void> {
  await tx.db
    .insert(categories)
    .values(
      DEFAULT_CATEGORIES.map((category, position) => ({
        organizationId,
        slug: category.slug,
        nameJa: category.name.ja,
        nameEn: category.name.en,
        position,
      })),
    )
    .onConflictDoNothing();
}

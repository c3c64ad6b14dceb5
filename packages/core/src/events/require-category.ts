import { DomainError } from "@tsudoi/shared/errors.ts";
import { and, eq } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { categories } from "#core/db/schema/categories.ts";

/** The category is one of the organisation's, or the call is refused at its field. */
export async function requireCategory(
  tx: Context,
  { organizationId, slug }: { organizationId: string; slug: string },
): Promise<void> {
  const found = await tx.db
    .select({ slug: categories.slug })
    .from(categories)
    .where(and(eq(categories.organizationId, organizationId), eq(categories.slug, slug)));
  if (found.length > 0) return;
  throw new DomainError("VALIDATION", {
    issues: [{ path: "category", code: "unknown", message: "no category with this slug" }],
  });
}

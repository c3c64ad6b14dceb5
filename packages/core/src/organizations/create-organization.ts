import type { Locale, Localized } from "@tsudoi/shared/text.ts";
import { addDefaultCategories } from "#core/categories/add-default-categories.ts";
import type { Context } from "#core/db/context.ts";
import { organizations } from "#core/db/schema/organizations.ts";

/** A new organisation with the categories that events need to exist. */
export async function createOrganization(
  tx: Context,
  input: { name: Localized; locale: Locale; timeZone: string },
): Promise<string> {
  const [row] = await tx.db
    .insert(organizations)
    .values({
      nameJa: input.name.ja,
      nameEn: input.name.en,
      locale: input.locale,
      timeZone: input.timeZone,
    })
    .returning({ id: organizations.id });
  if (row === undefined) throw new Error("the organisation row was not returned");
  await addDefaultCategories(tx, row.id);
  return row.id;
}

import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { anOrganization } from "#test/builders.ts";
import { useBed } from "#test/stage.ts";
import { addDefaultCategories } from "./add-default-categories.ts";

const bed = useBed();

describe("categories/add-default-categories", () => {
  test("is idempotent, and changes no name that was given since", async () => {
    const organizationId = await anOrganization(bed.ctx);
    await bed.ctx.db.execute(sql`
      update categories set name_en = 'Talks' where organization_id = ${organizationId} and slug = 'seminar'`);
    await addDefaultCategories(bed.ctx, organizationId);
    await addDefaultCategories(bed.ctx, organizationId);
    const rows = await bed.ctx.db.execute<{ slug: string; name_en: string }>(sql`
      select slug, name_en from categories where organization_id = ${organizationId} order by position`);
    expect(rows.map((row) => row.slug)).toEqual([
      "seminar",
      "training",
      "social",
      "all-hands",
      "health",
      "other",
    ]);
    expect(rows[0]?.name_en).toBe("Talks");
  });
});

import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { transaction } from "#core/db/transaction.ts";
import { useBed } from "#test/stage.ts";
import { createOrganization } from "./create-organization.ts";

const bed = useBed();

const input = {
  name: { ja: "集い株式会社", en: "Tsudoi Inc." },
  locale: "ja" as const,
  timeZone: "Asia/Tokyo",
};

describe("organizations/create-organization", () => {
  test("does the thing", async () => {
    const id = await createOrganization(bed.ctx, input);
    const [row] = await bed.ctx.db.execute<Record<string, unknown>>(sql`
      select name_ja, name_en, locale, time_zone,
        (select count(*)::int from categories where organization_id = organizations.id) as categories
      from organizations where id = ${id}`);
    expect({ ...row }).toEqual({
      name_ja: "集い株式会社",
      name_en: "Tsudoi Inc.",
      locale: "ja",
      time_zone: "Asia/Tokyo",
      categories: 6,
    });
  });

  test("is not there at all when its transaction fails", async () => {
    let id = "";
    const failed = transaction(bed.ctx, async (tx) => {
      id = await createOrganization(tx, input);
      throw new Error("later");
    });
    await expect(failed).rejects.toThrow("later");
    const rows = await bed.ctx.db.execute(sql`select 1 from organizations where id = ${id}`);
    expect(rows).toHaveLength(0);
  });
});

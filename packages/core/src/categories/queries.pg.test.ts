import { DEFAULT_CATEGORIES } from "@tsudoi/shared/categories.ts";
import { describe, expect, test } from "vitest";
import { writeCursor } from "#core/db/cursor.ts";
import { categories } from "#core/db/schema/categories.ts";
import { actorOf } from "#test/bed.ts";
import { anOrganization, aUser, type TestUser } from "#test/builders.ts";
import { reasonOf } from "#test/refusals.ts";
import { useBed } from "#test/stage.ts";
import { listCategories } from "./queries.ts";

const bed = useBed();

const aMember = async () => aUser(bed.ctx, { organizationId: await anOrganization(bed.ctx) });
const list = (user: TestUser, input: { cursor?: string; limit: number } = { limit: 20 }) =>
  listCategories(bed.as(actorOf(user)), input);

const slugs = DEFAULT_CATEGORIES.map((category) => category.slug).toSorted();

describe("categories.list", () => {
  test("does the thing", async () => {
    const { items, nextCursor } = await list(await aMember());
    expect(items.map((item) => item.slug)).toEqual(slugs);
    expect(items).toContainEqual({ slug: "seminar", name: { ja: "セミナー", en: "Seminar" } });
    expect(nextCursor).toBeNull();
  });

  test("page after page, while one is added", async () => {
    const member = await aMember();
    const seen: string[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page = await list(member, { limit: 2, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.items.map((item) => item.slug));
      cursor = page.nextCursor;
      await bed.ctx.db
        .insert(categories)
        .values({ organizationId: member.organizationId, slug: "aaa", nameJa: "あ", nameEn: "A" })
        .onConflictDoNothing();
    }
    expect(seen).toEqual(slugs);
  });

  test("rejects a stranger", async () => {
    const [ours, theirs] = [await aMember(), await aMember()];
    await bed.ctx.db.insert(categories).values({
      organizationId: ours.organizationId,
      slug: "ours",
      nameJa: "うち",
      nameEn: "Ours",
    });
    expect((await list(theirs)).items.map((item) => item.slug)).not.toContain("ours");
    expect(await reasonOf(listCategories(bed.as({ kind: "anonymous" }), { limit: 1 }))).toBe(
      "NOT_SIGNED_IN",
    );
  });

  test.each([
    "!!!",
    writeCursor([1]),
    writeCursor(["a\u0000"]),
    writeCursor(["x".repeat(41)]),
    writeCursor([]),
  ])("a cursor of no category is refused", async (cursor) => {
    expect(await reasonOf(list(await aMember(), { cursor, limit: 1 }))).toBe("VALIDATION");
  });
});

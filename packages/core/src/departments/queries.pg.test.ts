import { describe, expect, test } from "vitest";
import { departments } from "#core/db/schema/departments.ts";
import { actorOf } from "#test/bed.ts";
import { anOrganization, aUser } from "#test/builders.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { listDepartments } from "./queries.ts";

const stage = useStage();

async function aDepartment(organizationId: string, code: string, parentId: string | null = null) {
  const [row] = await stage.ctx.db
    .insert(departments)
    .values({ organizationId, code, nameJa: `${code}部`, nameEn: code, parentId })
    .returning({ id: departments.id });
  return row?.id ?? "";
}

describe("departments.list", () => {
  test("goes level by level, parents first, each once, page after page", async () => {
    const { organizationId } = stage;
    const sales = await aDepartment(organizationId, "sales");
    const east = await aDepartment(organizationId, "east", sales);
    await aDepartment(organizationId, "tokyo", east);
    await aDepartment(organizationId, "legal");
    await aDepartment(await anOrganization(stage.ctx), "theirs");
    const ctx = stage.as(actorOf(await stage.aMember()));
    const found: [string, number, string | null][] = [];
    let cursor: string | undefined;
    do {
      const page = await listDepartments(ctx, { limit: 1, ...(cursor && { cursor }) });
      found.push(...page.items.map((item) => [item.name.en, item.depth, item.parentId] as never));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(found).toEqual([
      ["sales", 0, null],
      ["legal", 0, null],
      ["east", 1, sales],
      ["tokyo", 2, east],
    ]);
  });

  test("rejects a stranger and a cursor of another list", async () => {
    expect(await reasonOf(listDepartments(stage.as({ kind: "anonymous" }), { limit: 5 }))).toBe(
      "NOT_SIGNED_IN",
    );
    const other = await aUser(stage.ctx, { organizationId: await anOrganization(stage.ctx) });
    const ctx = stage.as(actorOf(other));
    expect((await listDepartments(ctx, { limit: 5 })).items).toEqual([]);
    expect(await reasonOf(listDepartments(ctx, { limit: 5, cursor: "WzFd" }))).toBe("VALIDATION");
  });
});

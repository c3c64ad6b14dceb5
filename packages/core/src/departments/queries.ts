import type { DepartmentPage, ListDepartmentsInput } from "@tsudoi/shared/departments.ts";
import { sql } from "drizzle-orm";
import * as z from "zod/mini";
import { authorise } from "#core/auth/authorise.ts";
import type { Context } from "#core/db/context.ts";
import { readCursor, writeCursor } from "#core/db/cursor.ts";

/** Deeper than any organisation; what hangs in a ring is under no root, and is not listed. */
const MOST_LEVELS = 20;

const Position = z.tuple([z.int().check(z.gte(0), z.lte(MOST_LEVELS)), z.uuid()]);

type Row = { id: string; parentId: string | null; depth: number; nameJa: string; nameEn: string };

/** The organisation's departments, level by level: whoever reads on knows each one's parent already. */
export async function listDepartments(
  ctx: Context,
  input: ListDepartmentsInput,
): Promise<DepartmentPage> {
  const { organizationId } = authorise(ctx, "events.browse");
  const [depth, id] =
    input.cursor === undefined
      ? [0, "00000000-0000-0000-0000-000000000000"]
      : readCursor(input.cursor, Position);
  const rows = await ctx.db.execute<Row>(sql`
    with recursive tree (id, depth) as (
      select id, 0 from departments where organization_id = ${organizationId} and parent_id is null
      union all
      select d.id, tree.depth + 1
      from departments d
      join tree on d.parent_id = tree.id
      where d.organization_id = ${organizationId} and tree.depth < ${MOST_LEVELS}
    )
    select d.id, d.parent_id as "parentId", tree.depth, d.name_ja as "nameJa", d.name_en as "nameEn"
    from tree
    join departments d on d.organization_id = ${organizationId} and d.id = tree.id
    where (tree.depth, tree.id) > (${depth}::int, ${id}::uuid)
    order by tree.depth, tree.id
    limit ${input.limit + 1}`);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map(({ nameJa, nameEn, ...row }) => ({ ...row, name: { ja: nameJa, en: nameEn } })),
    nextCursor:
      rows.length > input.limit && last !== undefined ? writeCursor([last.depth, last.id]) : null,
  };
}

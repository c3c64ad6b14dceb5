import { DomainError } from "@tsudoi/shared/errors.ts";
import { and, eq, inArray } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { departments } from "#core/db/schema/departments.ts";

/** The departments are all the organisation's own, or the call is refused at their field. */
export async function requireDepartments(
  tx: Context,
  { organizationId, ids }: { organizationId: string; ids: string[] },
): Promise<void> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return;
  const found = await tx.db
    .select({ id: departments.id })
    .from(departments)
    .where(and(eq(departments.organizationId, organizationId), inArray(departments.id, wanted)));
  if (found.length === wanted.length) return;
  throw new DomainError("VALIDATION", {
    issues: [{ path: "departmentIds", code: "unknown", message: "no such department" }],
  });
}

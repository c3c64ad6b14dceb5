import { DomainError } from "@tsudoi/shared/errors.ts";
import type { CreateEventInput } from "@tsudoi/shared/event-input.ts";
import { checkEvent } from "@tsudoi/shared/event-rules.ts";
import { and, eq } from "drizzle-orm";
import type { Context, UserActor } from "#core/db/context.ts";
import { users } from "#core/db/schema/users.ts";
import { requireCategory } from "./require-category.ts";
import { requireDepartments } from "./require-departments.ts";
import { type DraftColumns, toColumns } from "./to-columns.ts";

/** A new event's row for the department of whoever makes it, once every rule that needs the clock or the database holds. */
export async function planDraft(
  tx: Context & { actor: UserActor },
  input: CreateEventInput,
): Promise<DraftColumns & { departmentId: string | null }> {
  const { organizationId, userId } = tx.actor;
  await requireCategory(tx, { organizationId, slug: input.category });
  await requireDepartments(tx, { organizationId, ids: input.departmentIds });
  const [organizer] = await tx.db
    .select({ departmentId: users.departmentId })
    .from(users)
    .where(and(eq(users.organizationId, organizationId), eq(users.id, userId)));
  if (organizer === undefined) throw new DomainError("NOT_SIGNED_IN");
  const columns = toColumns(input, tx.now());
  const opens = { ...input, registrationOpensAt: columns.registrationOpensAt.toISOString() };
  const issues = checkEvent(opens, new Set(["drawAt"]));
  if (issues.length > 0) throw new DomainError("VALIDATION", { issues });
  return { ...columns, departmentId: organizer.departmentId };
}

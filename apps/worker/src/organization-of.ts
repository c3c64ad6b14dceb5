import type { Context } from "@tsudoi/core/db/context.ts";
import { DomainError } from "@tsudoi/shared/errors.ts";

/** Whose work a job is; one that needs to know and was not told is broken for good. */
export function organizationOf(ctx: Context): string {
  const { actor } = ctx;
  if (actor.kind !== "system" || actor.organizationId === undefined) {
    throw new DomainError("VALIDATION");
  }
  return actor.organizationId;
}

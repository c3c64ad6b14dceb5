import { DomainError } from "@tsudoi/shared/errors.ts";
import type { Actor, Context } from "#core/db/context.ts";

/** The system itself, in a job: no caller reaches what is behind this. */
export function authoriseSystem(ctx: Context): Extract<Actor, { kind: "system" }> {
  if (ctx.actor.kind !== "system") throw new DomainError("FORBIDDEN");
  return ctx.actor;
}

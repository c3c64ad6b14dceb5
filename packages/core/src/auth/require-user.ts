import { DomainError } from "@tsudoi/shared/errors.ts";
import type { Context, UserActor } from "#core/db/context.ts";

/** The signed-in person, whatever they may do. */
export function requireUser(ctx: Context): UserActor {
  if (ctx.actor.kind !== "user") throw new DomainError("NOT_SIGNED_IN");
  return ctx.actor;
}

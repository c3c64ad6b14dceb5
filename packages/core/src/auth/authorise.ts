import { DomainError } from "@tsudoi/shared/errors.ts";
import { type Action, can, type EventRole } from "@tsudoi/shared/permissions.ts";
import type { Context, UserActor } from "#core/db/context.ts";
import { requireUser } from "./require-user.ts";

/** The signed-in person, if the rules let them do this here; otherwise the call ends with its reason. */
export function authorise(ctx: Context, action: Action, eventRole?: EventRole): UserActor {
  const actor = requireUser(ctx);
  if (!can(actor, action, { organizationId: actor.organizationId, eventRole })) {
    throw new DomainError("FORBIDDEN");
  }
  return actor;
}

import { DomainError } from "@tsudoi/shared/errors.ts";
import type { Action } from "@tsudoi/shared/permissions.ts";
import { authorise } from "#core/auth/authorise.ts";
import type { Context, UserActor } from "#core/db/context.ts";
import { findEventRole } from "./find-event-role.ts";

/** Who helps with an event is told what they may not do there; to everyone else it does not exist. */
export async function authoriseForEvent(
  tx: Context & { actor: UserActor },
  action: Action,
  eventId: string,
): Promise<UserActor> {
  const role = await findEventRole(tx, eventId);
  if (role === undefined && tx.actor.role !== "admin") throw new DomainError("NOT_FOUND");
  return authorise(tx, action, role);
}

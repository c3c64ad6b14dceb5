import { DomainError } from "@tsudoi/shared/errors.ts";
import type { Action, EventRole } from "@tsudoi/shared/permissions.ts";
import { sql } from "drizzle-orm";
import { authorise } from "#core/auth/authorise.ts";
import type { Context, UserActor } from "#core/db/context.ts";

/** Who helps with an event is told what they may not do there; to everyone else it does not exist. */
export async function authoriseForEvent(
  tx: Context & { actor: UserActor },
  action: Action,
  eventId: string,
): Promise<UserActor> {
  const { organizationId, userId } = tx.actor;
  const [found] = await tx.db.execute<{ role: EventRole | null }>(sql`
    select o.role
    from events e
    left join event_organizers o
      on o.organization_id = e.organization_id and o.event_id = e.id and o.user_id = ${userId}
    where e.organization_id = ${organizationId} and e.id = ${eventId}`);
  const role = found?.role ?? undefined;
  if (found === undefined || (role === undefined && tx.actor.role !== "admin")) {
    throw new DomainError("NOT_FOUND");
  }
  return authorise(tx, action, role);
}

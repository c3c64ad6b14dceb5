import { DomainError } from "@tsudoi/shared/errors.ts";
import { can, type EventRole } from "@tsudoi/shared/permissions.ts";
import { sql } from "drizzle-orm";
import type { Context, UserActor } from "#core/db/context.ts";
import type { EventKey } from "./lock-event.ts";

export type RegistrationScope = EventKey & {
  registrationId: string;
  userId: string;
  isOwn: boolean;
  /** Whether the caller manages the event's people. */
  manages: boolean;
};

/** Whose registration it is and what the caller may do with it; it exists to who helps with the event, and to nobody else. */
export async function findScope(
  tx: Context & { actor: UserActor },
  registrationId: string,
): Promise<RegistrationScope> {
  const { organizationId, userId } = tx.actor;
  const [row] = await tx.db.execute<{ event_id: string; user_id: string; role: EventRole | null }>(
    sql`
    select r.event_id, r.user_id, o.role
    from registrations r
    left join event_organizers o
      on o.organization_id = r.organization_id and o.event_id = r.event_id and o.user_id = ${userId}
    where r.organization_id = ${organizationId} and r.id = ${registrationId}`,
  );
  const eventRole = row?.role ?? undefined;
  const manages = can(tx.actor, "registrations.manage", { organizationId, eventRole });
  const isOwn = row?.user_id === userId;
  if (row === undefined || !(isOwn || manages)) {
    throw new DomainError(eventRole === undefined ? "NOT_FOUND" : "FORBIDDEN");
  }
  return {
    organizationId,
    eventId: row.event_id,
    registrationId,
    userId: row.user_id,
    isOwn,
    manages,
  };
}

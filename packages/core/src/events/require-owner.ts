import { DomainError } from "@tsudoi/shared/errors.ts";
import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";

/** Refuses, under the event's lock, a change that would leave it without an owner who can sign in. */
export async function requireOwner(
  tx: Context,
  { organizationId, eventId }: { organizationId: string; eventId: string },
): Promise<void> {
  const owners = await tx.db.execute(sql`
    select 1
    from event_organizers o
    join users u on u.organization_id = o.organization_id and u.id = o.user_id
    where o.organization_id = ${organizationId} and o.event_id = ${eventId}
      and o.role = 'owner' and u.disabled_at is null
    limit 1`);
  if (owners.length === 0) throw new DomainError("STATE_CONFLICT", { fields: { owners: 0 } });
}

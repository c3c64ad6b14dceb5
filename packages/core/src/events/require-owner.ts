import { DomainError } from "@tsudoi/shared/errors.ts";
import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";

/** Refuses, under the events' locks, a change that would leave one of them without an owner who can sign in. */
export async function requireOwner(
  tx: Context,
  { organizationId, eventIds }: { organizationId: string; eventIds: string[] },
): Promise<void> {
  const [ownerless] = await tx.db.execute<{ id: string }>(sql`
    select event.id
    from unnest(${sql.param(eventIds)}::uuid[]) as event (id)
    where not exists (
      select 1
      from event_organizers o
      join users u on u.organization_id = o.organization_id and u.id = o.user_id
      where o.organization_id = ${organizationId} and o.event_id = event.id
        and o.role = 'owner' and u.disabled_at is null)
    limit 1`);
  if (ownerless === undefined) return;
  throw new DomainError("STATE_CONFLICT", { fields: { owners: 0, eventId: ownerless.id } });
}

import { DomainError } from "@tsudoi/shared/errors.ts";
import type { EventStatus } from "@tsudoi/shared/events.ts";
import type { AcceptedInvite, AcceptInviteInput } from "@tsudoi/shared/invitations.ts";
import { can, type EventRole } from "@tsudoi/shared/permissions.ts";
import { sql } from "drizzle-orm";
import { recordAudit } from "#core/audit/record-audit.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context } from "#core/db/context.ts";
import { transaction } from "#core/db/transaction.ts";

/**
 * Invites the caller by the event's last link, also to a draft, and says whether they see it yet; a link that is none, or
 * of before, tells nothing of its event.
 */
export async function acceptInvite(
  ctx: Context,
  input: AcceptInviteInput,
): Promise<AcceptedInvite> {
  const caller = authorise(ctx, "events.browse");
  const link = ctx.tokens.links.read("invite", input.token);
  if (link?.organizationId !== caller.organizationId) throw new DomainError("LINK_EXPIRED");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const { organizationId, userId } = tx.actor;
    const [found] = await tx.db.execute<Found>(sql`
      with event as (
        select organization_id, id, status from events
        where organization_id = ${organizationId} and id = ${link.id}
          and invite_generation = ${link.generation}
      ), added as (
        insert into event_invitations (organization_id, event_id, email, via)
        select event.organization_id, event.id, users.email, 'link'
        from event
        join users on users.organization_id = event.organization_id and users.id = ${userId}
        on conflict do nothing
        returning 1
      )
      select exists (select 1 from added) as added, event.status, (
          select o.role from event_organizers o
          where o.organization_id = event.organization_id and o.event_id = event.id
            and o.user_id = ${userId}) as role
      from event`);
    if (found === undefined) throw new DomainError("LINK_EXPIRED");
    if (found.added) {
      await recordAudit(tx, [
        {
          organizationId,
          actorId: userId,
          action: "events.acceptInvite",
          entity: "event",
          entityId: link.id,
        },
      ]);
    }
    const scope = { organizationId, eventRole: found.role ?? undefined };
    const isShown = found.status !== "draft" || can(tx.actor, "events.view-draft", scope);
    return { eventId: link.id, isShown };
  });
}

type Found = { added: boolean; status: EventStatus; role: EventRole | null };

import { DomainError } from "@tsudoi/shared/errors.ts";
import type { EventIdInput } from "@tsudoi/shared/events.ts";
import type { AcceptInviteInput } from "@tsudoi/shared/invitations.ts";
import { sql } from "drizzle-orm";
import { recordAudit } from "#core/audit/record-audit.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context } from "#core/db/context.ts";
import { transaction } from "#core/db/transaction.ts";

/** Invites the caller by the event's last link; a link that is none, or of before, tells nothing of its event. */
export async function acceptInvite(ctx: Context, input: AcceptInviteInput): Promise<EventIdInput> {
  const caller = authorise(ctx, "events.browse");
  const link = ctx.tokens.links.read("invite", input.token);
  if (link?.organizationId !== caller.organizationId) throw new DomainError("LINK_EXPIRED");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const { organizationId, userId } = tx.actor;
    const [found] = await tx.db.execute<{ added: boolean }>(sql`
      with event as (
        select organization_id, id from events
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
      select exists (select 1 from added) as added from event`);
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
    return { eventId: link.id };
  });
}

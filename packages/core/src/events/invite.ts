import { DomainError } from "@tsudoi/shared/errors.ts";
import { type InviteInput, MAX_INVITATIONS } from "@tsudoi/shared/invitations.ts";
import { and, count, eq } from "drizzle-orm";
import { recordAudit } from "#core/audit/record-audit.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context } from "#core/db/context.ts";
import { eventInvitations } from "#core/db/schema/event-invitations.ts";
import { transaction } from "#core/db/transaction.ts";
import { type EventKey, lockEvent } from "#core/registrations/lock-event.ts";
import { authoriseForEvent } from "./authorise-for-event.ts";
import { tellInvited } from "./tell-invited.ts";

/**
 * Puts addresses on the event's list, each once, and answers how many were new; a full list takes all of them or none.
 * Whose addresses they are is told at once where the event is published, and when it is where not.
 */
export async function invite(ctx: Context, input: InviteInput): Promise<{ invited: number }> {
  authorise(ctx, "events.browse");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const { eventId, emails } = input;
    const { organizationId, userId } = await authoriseForEvent(tx, "events.edit", eventId);
    await lockEvent(tx, { organizationId, eventId });
    const addresses = [...new Set(emails)];
    const added = await tx.db
      .insert(eventInvitations)
      .values(addresses.map((email) => ({ organizationId, eventId, email, via: "list" as const })))
      .onConflictDoNothing()
      .returning({ email: eventInvitations.email });
    await refuseTooMany(tx, { organizationId, eventId });
    await recordAudit(tx, [
      {
        organizationId,
        actorId: userId,
        action: "events.invite",
        entity: "event",
        entityId: eventId,
        details: { invited: added.length },
      },
    ]);
    await tellInvited(tx, { organizationId, eventId, emails: added.map(({ email }) => email) });
    return { invited: added.length };
  });
}

/** Under the event's lock; whoever follows the event's link joins the list beyond this. */
async function refuseTooMany(tx: Context, { organizationId, eventId }: EventKey): Promise<void> {
  const [list] = await tx.db
    .select({ total: count() })
    .from(eventInvitations)
    .where(
      and(
        eq(eventInvitations.organizationId, organizationId),
        eq(eventInvitations.eventId, eventId),
      ),
    );
  if (list === undefined || list.total <= MAX_INVITATIONS) return;
  throw new DomainError("VALIDATION", {
    issues: [
      { path: "emails", code: "too_many", message: `at most ${MAX_INVITATIONS} for one event` },
    ],
  });
}

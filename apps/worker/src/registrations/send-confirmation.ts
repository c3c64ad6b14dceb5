import type { Context } from "@tsudoi/core/db/context.ts";
import type { JobPayload } from "@tsudoi/core/jobs/catalog.ts";
import type { Effect } from "@tsudoi/core/jobs/outbox.ts";
import { confirmationMail, type Kind } from "@tsudoi/core/notifications/confirmation-mail.ts";
import { markFailed } from "@tsudoi/core/notifications/mark-failed.ts";
import { markSent } from "@tsudoi/core/notifications/mark-sent.ts";
import { type ConfirmationFacts, findConfirmation } from "@tsudoi/core/notifications/queries.ts";
import { DomainError } from "@tsudoi/shared/errors.ts";
import type { GiveUpReason, JobContext } from "#worker/handlers.ts";

type Payload = JobPayload<"registrations.send-confirmation">;

/** One letter for one ledger row: a repeat finds the row sent, or carries the same Message-ID. */
export async function sendConfirmation(
  ctx: JobContext,
  { notificationId }: Payload,
): Promise<Effect | undefined> {
  const organizationId = organizationOf(ctx);
  const facts = await findConfirmation(ctx, { organizationId, notificationId });
  const kind = facts === undefined ? undefined : kindOf(facts);
  if (facts?.status !== "queued" || kind === undefined) return undefined;
  const mail = confirmationMail(facts, kind, {
    now: ctx.now(),
    publicUrl: ctx.publicUrl,
    from: ctx.mailer.from,
  });
  await ctx.mailer.send(mail);
  return (tx) => markSent(tx, { organizationId, id: notificationId, messageId: mail.messageId });
}

/** There will be no further attempt: the ledger says so. */
export async function giveUpConfirmation(
  tx: Context,
  { notificationId }: Payload,
  reason: GiveUpReason,
): Promise<void> {
  await markFailed(tx, { organizationId: organizationOf(tx), id: notificationId, reason });
}

/** A registration that has moved on in the meantime is told by the message of that change. */
function kindOf(facts: ConfirmationFacts): Kind | undefined {
  const { status } = facts.registration;
  return status === "confirmed" || status === "waitlisted" || status === "pending"
    ? status
    : undefined;
}

function organizationOf(ctx: Context): string {
  const { actor } = ctx;
  if (actor.kind !== "system" || actor.organizationId === undefined) {
    throw new DomainError("VALIDATION");
  }
  return actor.organizationId;
}

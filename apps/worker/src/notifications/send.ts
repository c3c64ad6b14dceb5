import type { Context } from "@tsudoi/core/db/context.ts";
import type { JobPayload } from "@tsudoi/core/jobs/catalog.ts";
import type { Effect } from "@tsudoi/core/jobs/outbox.ts";
import { markFailed } from "@tsudoi/core/notifications/mark-failed.ts";
import { markSent } from "@tsudoi/core/notifications/mark-sent.ts";
import { markSuperseded } from "@tsudoi/core/notifications/mark-superseded.ts";
import { findMessage } from "@tsudoi/core/notifications/queries.ts";
import { writeMail } from "@tsudoi/core/notifications/write-mail.ts";
import type { GiveUpReason, JobContext } from "#worker/handlers.ts";
import { organizationOf } from "#worker/organization-of.ts";

type Payload = JobPayload<"notifications.send">;

/** One letter for one ledger row: a repeat finds the row closed, or carries the same Message-ID. */
export async function send(
  ctx: JobContext,
  { notificationId }: Payload,
): Promise<Effect | undefined> {
  const organizationId = organizationOf(ctx);
  const facts = await findMessage(ctx, { organizationId, notificationId });
  if (facts !== undefined && facts.status !== "queued") return undefined;
  // Also where what it is about is gone: a draft that was discarded.
  const mail =
    facts &&
    writeMail(facts, {
      now: ctx.now(),
      publicUrl: ctx.publicUrl,
      from: ctx.mailer.from,
      links: ctx.tokens.links,
    });
  if (mail === undefined) {
    return (tx) => markSuperseded(tx, { organizationId, id: notificationId });
  }
  await ctx.mailer.send(mail);
  return (tx) => markSent(tx, { organizationId, id: notificationId, messageId: mail.messageId });
}

/** There will be no further attempt: the ledger says so. */
export async function giveUpSending(
  tx: Context,
  { notificationId }: Payload,
  reason: GiveUpReason,
): Promise<void> {
  await markFailed(tx, { organizationId: organizationOf(tx), id: notificationId, reason });
}

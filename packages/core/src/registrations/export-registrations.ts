import type { Exported, ExportInput } from "@tsudoi/shared/registration-exports.ts";
import { MINUTE } from "@tsudoi/shared/time.ts";
import { recordAudit } from "#core/audit/record-audit.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import { issueOneTimeToken } from "#core/auth/issue-one-time-token.ts";
import type { Context } from "#core/db/context.ts";
import { transaction } from "#core/db/transaction.ts";
import { findExportedEvent } from "./find-exported-event.ts";

/** A browser follows the link at once. */
const GOOD_FOR_MS = 5 * MINUTE;

/** A link to an event's registrations as a file: for the caller alone, once, and only while they may see them. */
export async function exportRegistrations(ctx: Context, input: ExportInput): Promise<Exported> {
  authorise(ctx, "events.browse");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    await findExportedEvent(tx, input.eventId);
    const token = await issueOneTimeToken(tx, {
      purpose: "export",
      details: input,
      goodForMs: GOOD_FOR_MS,
    });
    await recordAudit(tx, [
      {
        organizationId: tx.actor.organizationId,
        actorId: tx.actor.userId,
        action: "registrations.exportRegistrations",
        entity: "event",
        entityId: input.eventId,
        details: { format: input.format },
      },
    ]);
    return { url: `/files/${token}` };
  });
}

import { and, eq, sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { notifications } from "#core/db/schema/notifications.ts";

/** Recorded once, in the transaction that closes the job which sent it. */
export async function markSent(
  tx: Context,
  message: { organizationId: string; id: string; messageId: string },
): Promise<void> {
  await tx.db
    .update(notifications)
    .set({
      status: "sent",
      sentAt: tx.now(),
      messageId: message.messageId,
      attempts: sql`attempts + 1`,
    })
    .where(
      and(
        eq(notifications.organizationId, message.organizationId),
        eq(notifications.id, message.id),
        eq(notifications.status, "queued"),
      ),
    );
}

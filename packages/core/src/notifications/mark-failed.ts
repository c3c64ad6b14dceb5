import { and, eq, sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { notifications } from "#core/db/schema/notifications.ts";

/** Tells organisers that a message will not arrive, and why. */
export async function markFailed(
  tx: Context,
  message: { organizationId: string; id: string; reason: string },
): Promise<void> {
  await tx.db
    .update(notifications)
    .set({ status: "failed", reason: message.reason, attempts: sql`attempts + 1` })
    .where(
      and(
        eq(notifications.organizationId, message.organizationId),
        eq(notifications.id, message.id),
        eq(notifications.status, "queued"),
      ),
    );
}

import { and, eq } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { notifications } from "#core/db/schema/notifications.ts";

/** A message that is no longer true is closed unsent: the one about what followed tells it. */
export async function markSuperseded(
  tx: Context,
  message: { organizationId: string; id: string },
): Promise<void> {
  await tx.db
    .update(notifications)
    .set({ status: "suppressed", reason: "superseded" })
    .where(
      and(
        eq(notifications.organizationId, message.organizationId),
        eq(notifications.id, message.id),
        eq(notifications.status, "queued"),
      ),
    );
}

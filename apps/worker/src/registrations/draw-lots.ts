import type { JobPayload } from "@tsudoi/core/jobs/catalog.ts";
import type { Effect } from "@tsudoi/core/jobs/outbox.ts";
import { drawWhenDue } from "@tsudoi/core/registrations/draw-when-due.ts";
import type { JobContext } from "#worker/handlers.ts";
import { organizationOf } from "#worker/organization-of.ts";

/** The draw and the end of its job are one transaction. */
export async function drawLots(
  ctx: JobContext,
  { eventId }: JobPayload<"registrations.draw-lots">,
): Promise<Effect> {
  const organizationId = organizationOf(ctx);
  return (tx) =>
    drawWhenDue({ ...tx, actor: ctx.actor, now: ctx.now }, { organizationId, eventId });
}

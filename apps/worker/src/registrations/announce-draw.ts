import type { JobPayload } from "@tsudoi/core/jobs/catalog.ts";
import { announceDraw as announce } from "@tsudoi/core/registrations/announce-draw.ts";
import type { JobContext } from "#worker/handlers.ts";
import { organizationOf } from "#worker/organization-of.ts";

/** Page after page; each is told and committed by itself. */
export async function announceDraw(
  ctx: JobContext,
  { eventId }: JobPayload<"registrations.announce-draw">,
): Promise<undefined> {
  await announce(ctx, { organizationId: organizationOf(ctx), eventId });
}

import { announceChange as announce } from "@tsudoi/core/events/announce-change.ts";
import type { JobPayload } from "@tsudoi/core/jobs/catalog.ts";
import type { JobContext } from "#worker/handlers.ts";
import { organizationOf } from "#worker/organization-of.ts";

/** Page after page; each is told and committed by itself. */
export async function announceChange(
  ctx: JobContext,
  change: JobPayload<"events.announce-change">,
): Promise<undefined> {
  await announce(ctx, { ...change, organizationId: organizationOf(ctx) });
}

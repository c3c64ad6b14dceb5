import type { JobPayload } from "@tsudoi/core/jobs/catalog.ts";
import { enqueue } from "@tsudoi/core/jobs/enqueue.ts";
import type { Effect } from "@tsudoi/core/jobs/outbox.ts";
import { announceDraw as announce } from "@tsudoi/core/registrations/announce-draw.ts";
import type { JobContext } from "#worker/handlers.ts";
import { organizationOf } from "#worker/organization-of.ts";

/** Page after page, each committed by itself; where people are left when a run's time is over, the next one goes on. */
export async function announceDraw(
  ctx: JobContext,
  draw: JobPayload<"registrations.announce-draw">,
): Promise<Effect | undefined> {
  const organizationId = organizationOf(ctx);
  const last = await announce(ctx, { ...draw, organizationId });
  if (last === undefined) return undefined;
  const next = { organizationId, payload: { ...draw, after: last } };
  return (tx) => enqueue(tx, "registrations.announce-draw", [next]);
}

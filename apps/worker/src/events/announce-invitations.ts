import { announceInvitations as announce } from "@tsudoi/core/events/announce-invitations.ts";
import type { JobPayload } from "@tsudoi/core/jobs/catalog.ts";
import { enqueue } from "@tsudoi/core/jobs/enqueue.ts";
import type { Effect } from "@tsudoi/core/jobs/outbox.ts";
import type { JobContext } from "#worker/handlers.ts";
import { organizationOf } from "#worker/organization-of.ts";

/** Page after page, each committed by itself; where people are left when a run's time is over, the next one looks for them. */
export async function announceInvitations(
  ctx: JobContext,
  payload: JobPayload<"events.announce-invitations">,
): Promise<Effect | undefined> {
  const organizationId = organizationOf(ctx);
  const isDone = await announce(ctx, { organizationId, eventId: payload.eventId });
  if (isDone) return undefined;
  return (tx) => enqueue(tx, "events.announce-invitations", [{ organizationId, payload }]);
}

import { cancelRegistrations as cancel } from "@tsudoi/core/events/cancel-registrations.ts";
import type { JobPayload } from "@tsudoi/core/jobs/catalog.ts";
import { enqueue } from "@tsudoi/core/jobs/enqueue.ts";
import type { Effect } from "@tsudoi/core/jobs/outbox.ts";
import type { JobContext } from "#worker/handlers.ts";
import { organizationOf } from "#worker/organization-of.ts";

/** Page after page; where people are left when a run's time is over, the next one goes on with them. */
export async function cancelRegistrations(
  ctx: JobContext,
  payload: JobPayload<"events.cancel-registrations">,
): Promise<Effect | undefined> {
  const organizationId = organizationOf(ctx);
  const isDone = await cancel(ctx, { organizationId, eventId: payload.eventId });
  if (isDone) return undefined;
  return (tx) => enqueue(tx, "events.cancel-registrations", [{ organizationId, payload }]);
}

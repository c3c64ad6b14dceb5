import type { JobPayload } from "@tsudoi/core/jobs/catalog.ts";
import { enqueue } from "@tsudoi/core/jobs/enqueue.ts";
import type { Effect } from "@tsudoi/core/jobs/outbox.ts";
import { passSeats as pass } from "@tsudoi/core/registrations/pass-seats.ts";
import type { JobContext } from "#worker/handlers.ts";
import { organizationOf } from "#worker/organization-of.ts";

/** Slice after slice, each committed by itself; where some are left when a run's time is over, the next one goes on. */
export async function passSeats(
  ctx: JobContext,
  payload: JobPayload<"registrations.pass-seats">,
): Promise<Effect | undefined> {
  const organizationId = organizationOf(ctx);
  const isDone = await pass(ctx, { organizationId, eventId: payload.eventId });
  if (isDone) return undefined;
  return (tx) => enqueue(tx, "registrations.pass-seats", [{ organizationId, payload }]);
}

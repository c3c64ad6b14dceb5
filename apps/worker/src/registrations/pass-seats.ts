import type { JobPayload } from "@tsudoi/core/jobs/catalog.ts";
import type { Effect } from "@tsudoi/core/jobs/outbox.ts";
import { passSeats as pass } from "@tsudoi/core/registrations/pass-seats.ts";
import type { JobContext } from "#worker/handlers.ts";
import { organizationOf } from "#worker/organization-of.ts";

/** Nothing lies outside the database: seats and the end of the job are one transaction. */
export async function passSeats(
  ctx: JobContext,
  { eventId }: JobPayload<"registrations.pass-seats">,
): Promise<Effect> {
  const organizationId = organizationOf(ctx);
  return (tx) => pass({ ...tx, actor: ctx.actor }, { organizationId, eventId });
}

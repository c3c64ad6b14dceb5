import { announceChange as announce } from "@tsudoi/core/events/announce-change.ts";
import { announcementKey } from "@tsudoi/core/events/announcement-key.ts";
import type { JobPayload } from "@tsudoi/core/jobs/catalog.ts";
import { enqueue } from "@tsudoi/core/jobs/enqueue.ts";
import type { Effect } from "@tsudoi/core/jobs/outbox.ts";
import type { JobContext } from "#worker/handlers.ts";
import { organizationOf } from "#worker/organization-of.ts";

/** Page after page, each committed by itself; where people are left when a run's time is over, the next one goes on. */
export async function announceChange(
  ctx: JobContext,
  change: JobPayload<"events.announce-change">,
): Promise<Effect | undefined> {
  const organizationId = organizationOf(ctx);
  const after = await announce(ctx, { ...change, organizationId });
  if (after === undefined) return undefined;
  const next = {
    organizationId,
    key: announcementKey(change.eventId),
    payload: { ...change, after },
  };
  return (tx) => enqueue(tx, "events.announce-change", [next]);
}

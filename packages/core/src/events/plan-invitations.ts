import type { Context } from "#core/db/context.ts";
import { enqueue } from "#core/jobs/enqueue.ts";
import type { EventRow } from "./lock-events.ts";

/**
 * One job for each event that is for invited people only: who is on its list and was never told is asked to come. Those of
 * a series run one after another, as they look at who was told of the same thing.
 */
export async function planInvitations(
  tx: Context,
  events: Pick<EventRow, "organizationId" | "id" | "seriesId" | "audience">[],
): Promise<void> {
  await enqueue(
    tx,
    "events.announce-invitations",
    events
      .filter(({ audience }) => audience === "invited")
      .map(({ organizationId, id: eventId, seriesId }) => ({
        organizationId,
        payload: { eventId },
        key: `events.announce-invitations:${seriesId ?? eventId}`,
      })),
  );
}

import type { Context } from "#core/db/context.ts";
import { enqueue } from "#core/jobs/enqueue.ts";
import type { EventKey } from "./lock-event.ts";

/** The draw runs at its time, also when nobody presses a button; called whenever the time is set. */
export async function planDraw(tx: Context, key: EventKey, drawAt: Date): Promise<void> {
  const { organizationId, eventId } = key;
  await enqueue(tx, "registrations.draw-lots", [
    {
      organizationId,
      payload: { eventId },
      dueAt: drawAt,
      dedupeKey: `registrations.draw-lots:${eventId}:${drawAt.getTime()}`,
    },
  ]);
}

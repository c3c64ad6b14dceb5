import type { Context } from "#core/db/context.ts";
import { enqueue } from "#core/jobs/enqueue.ts";

type Lottery = { organizationId: string; id: string; drawAt: Date | null };

/** Draws run at their time, also when nobody presses a button; called whenever the time is set. */
export async function planDraws(tx: Context, lotteries: Lottery[]): Promise<void> {
  await enqueue(
    tx,
    "registrations.draw-lots",
    lotteries.flatMap(({ organizationId, id: eventId, drawAt: dueAt }) => {
      if (dueAt === null) return [];
      const dedupeKey = `registrations.draw-lots:${eventId}:${dueAt.getTime()}`;
      return [{ organizationId, payload: { eventId }, dueAt, dedupeKey }];
    }),
  );
}

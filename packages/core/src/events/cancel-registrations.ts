import { and, asc, eq, gt, sql } from "drizzle-orm";
import { authoriseSystem } from "#core/auth/authorise-system.ts";
import type { Context } from "#core/db/context.ts";
import { liveStatuses, registrations } from "#core/db/schema/registrations.ts";
import { transaction } from "#core/db/transaction.ts";
import { deadlineIn, isPast } from "#core/platform/deadline.ts";
import { changeSeats } from "#core/registrations/change-seats.ts";
import { moveOne } from "#core/registrations/seat-rules.ts";

const PAGE = 2_000;
/** A run of a job has an end; whoever is left by then is the next run's. */
const RUN_MS = 20_000;

type EventKey = { organizationId: string; eventId: string };

/**
 * Ends every live registration of a cancelled event and tells its person, both in one transaction for each page: told is
 * who was ended, and nobody is ended twice. False where people are left when its time is over.
 */
export async function cancelRegistrations(
  ctx: Context,
  { runMs = RUN_MS, ...key }: EventKey & { runMs?: number },
): Promise<boolean> {
  authoriseSystem(ctx);
  const deadline = deadlineIn(runMs);
  let after = 0;
  for (;;) {
    const last = await transaction(ctx, (tx) => cancelPage(tx, key, after));
    if (last === undefined) return true;
    if (isPast(deadline)) return false;
    after = last;
  }
}

/** The last number of a full page. */
async function cancelPage(tx: Context, key: EventKey, after: number): Promise<number | undefined> {
  let last: number | undefined;
  await changeSeats(tx, key, {
    action: "events.cancelRegistrations",
    async decide(event) {
      if (event.status !== "cancelled") return [];
      const live = await findLive(tx, key, after);
      last = live.length === PAGE ? live.at(-1)?.number : undefined;
      // Whoever had an offer is among those who are ended.
      event.offersEndAt = null;
      return live.map((held) => moveOne(event, held, { to: "cancelled", endedBy: "event" }));
    },
  });
  return last;
}

function findLive(tx: Context, key: EventKey, after: number) {
  return tx.db
    .select({
      id: registrations.id,
      userId: registrations.userId,
      status: registrations.status,
      number: registrations.number,
    })
    .from(registrations)
    .where(
      and(
        eq(registrations.organizationId, key.organizationId),
        eq(registrations.eventId, key.eventId),
        gt(registrations.number, after),
        sql`${registrations.status} in ${liveStatuses}`,
      ),
    )
    .orderBy(asc(registrations.number))
    .limit(PAGE);
}

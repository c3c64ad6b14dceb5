import { and, asc, eq, gt, sql } from "drizzle-orm";
import { authoriseSystem } from "#core/auth/authorise-system.ts";
import type { Context } from "#core/db/context.ts";
import { liveStatuses, registrations } from "#core/db/schema/registrations.ts";
import { inPages, PAGE } from "#core/jobs/in-pages.ts";
import { changeSeats } from "#core/registrations/change-seats.ts";
import type { EventKey } from "#core/registrations/lock-event.ts";
import { moveOne } from "#core/registrations/seat-rules.ts";

/**
 * Ends every live registration of a cancelled event and tells its person, both in one transaction for each page: told is
 * who was ended, and nobody is ended twice. False where people are left when its time is over.
 */
export async function cancelRegistrations(
  ctx: Context,
  { runMs, ...key }: EventKey & { runMs?: number },
): Promise<boolean> {
  authoriseSystem(ctx);
  const left = await inPages<number>(ctx, { runMs }, (tx, after) => cancelPage(tx, key, after));
  return left === undefined;
}

/** The last number of a full page. */
async function cancelPage(tx: Context, key: EventKey, after = 0): Promise<number | undefined> {
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

import { sql } from "drizzle-orm";
import { authoriseSystem } from "#core/auth/authorise-system.ts";
import type { Context } from "#core/db/context.ts";
import { transaction } from "#core/db/transaction.ts";
import { findTold } from "#core/notifications/find-told.ts";
import { queueMessages } from "#core/notifications/queue-messages.ts";
import { deadlineIn, isPast } from "#core/platform/deadline.ts";
import type { EventKey } from "./lock-event.ts";

const PAGE = 2_000;
/** A run of a job has an end; whoever is left by then is the next run's. */
const RUN_MS = 20_000;
const KIND = "registrations.draw-result";

/**
 * Everyone who took part is told once: a run that was cut off goes on with who has no message yet. Gives the rank to
 * go on after, where people are left when its time is over.
 */
export async function announceDraw(
  ctx: Context,
  key: EventKey & { after?: number; runMs?: number },
): Promise<number | undefined> {
  authoriseSystem(ctx);
  const deadline = deadlineIn(key.runMs ?? RUN_MS);
  let { after = 0 } = key;
  for (;;) {
    const last = await transaction(ctx, (tx) => announcePage(tx, key, after));
    if (last === undefined || isPast(deadline)) return last;
    after = last;
  }
}

/** The last rank of a full page. */
async function announcePage(
  tx: Context,
  { organizationId, eventId }: EventKey,
  after: number,
): Promise<number | undefined> {
  const people = await tx.db.execute<{ id: string; user_id: string; draw_rank: number }>(sql`
    select id, user_id, draw_rank
    from registrations
    where organization_id = ${organizationId} and event_id = ${eventId} and draw_rank > ${after}
    order by draw_rank
    limit ${PAGE}`);
  const told = await findTold(tx, { organizationId, keys: people.map(keyOf) });
  await queueMessages(
    tx,
    people
      .filter((person) => !told.has(keyOf(person)))
      .map((person) => ({
        organizationId,
        eventId,
        kind: KIND,
        userId: person.user_id,
        registrationId: person.id,
        dedupeKey: keyOf(person),
      })),
  );
  return people.length === PAGE ? people.at(-1)?.draw_rank : undefined;
}

function keyOf({ id }: { id: string }): string {
  return `${KIND}:${id}`;
}

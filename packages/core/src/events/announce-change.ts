import { sql } from "drizzle-orm";
import { authoriseSystem } from "#core/auth/authorise-system.ts";
import type { Context } from "#core/db/context.ts";
import { liveStatuses } from "#core/db/schema/registrations.ts";
import type { JobPayload } from "#core/jobs/catalog.ts";
import { inPages, PAGE } from "#core/jobs/in-pages.ts";
import { findTold } from "#core/notifications/find-told.ts";
import { queueMessages } from "#core/notifications/queue-messages.ts";

const KIND = "events.change";

type Change = JobPayload<"events.announce-change"> & { organizationId: string; runMs?: number };

/**
 * Everyone who was registered when the event changed is told once: a run that was cut off goes on with who has
 * no message yet, and a change that was changed again is left to the job of that one. Gives the number to go on
 * after, where people are left when its time is over.
 */
export async function announceChange(ctx: Context, change: Change): Promise<number | undefined> {
  authoriseSystem(ctx);
  return inPages(ctx, change, (tx, after) => announcePage(tx, change, after));
}

/** The last number of a full page. */
async function announcePage(tx: Context, change: Change, after = 0): Promise<number | undefined> {
  const { organizationId, eventId } = change;
  const people = await findPeople(tx, change, after);
  const facts = [change, ...(change.told ?? [])];
  const keys = people.flatMap(({ id }) => facts.map((fact) => keyOf(fact, id)));
  const told = await findTold(tx, { organizationId, keys });
  const untold = people.filter(({ id }) => !told.has(keyOf(change, id)));
  await queueMessages(
    tx,
    untold.map((person) => ({
      organizationId,
      eventId,
      kind: KIND,
      userId: person.user_id,
      registrationId: person.id,
      dedupeKey: keyOf(change, person.id),
      details: (lastTold(change, person.id, told) ?? change).before,
    })),
  );
  return people.length === PAGE ? people.at(-1)?.number : undefined;
}

/** What this person was told by a job that was cut off. */
function lastTold({ told }: Change, registrationId: string, keys: Set<string>) {
  return told?.findLast((fact) => keys.has(keyOf(fact, registrationId)));
}

function keyOf({ sequence }: Pick<Change, "sequence">, registrationId: string): string {
  return `${KIND}:${registrationId}:${sequence}`;
}

/** Nobody where the event has changed again or is off: the job of that tells them. */
function findPeople(tx: Context, change: Change, after: number) {
  const { organizationId, eventId, sequence, lastNumber } = change;
  return tx.db.execute<{ id: string; user_id: string; number: number }>(sql`
    select r.id, r.user_id, r.number
    from registrations r
    where r.organization_id = ${organizationId} and r.event_id = ${eventId}
      and r.number > ${after} and r.number <= ${lastNumber} and r.status in ${liveStatuses}
      and exists (
        select 1 from events e
        where e.organization_id = ${organizationId} and e.id = ${eventId}
          and e.calendar_sequence = ${sequence} and e.status in ('published', 'closed')
      )
    order by r.number
    limit ${PAGE}`);
}

import { sql } from "drizzle-orm";
import { authoriseSystem } from "#core/auth/authorise-system.ts";
import type { Context } from "#core/db/context.ts";
import type { JobPayload } from "#core/jobs/catalog.ts";
import { inPages, PAGE } from "#core/jobs/in-pages.ts";
import { findTold } from "#core/notifications/find-told.ts";
import { queueMessages } from "#core/notifications/queue-messages.ts";

const KIND = "registrations.draw-result";

type Draw = JobPayload<"registrations.announce-draw"> & { organizationId: string; runMs?: number };

/**
 * Everyone who took part is told once what the draw gave them: a run that was cut off goes on with who has no message yet. Gives the rank to
 * go on after, where people are left when its time is over.
 */
export async function announceDraw(ctx: Context, draw: Draw): Promise<number | undefined> {
  authoriseSystem(ctx);
  return inPages(ctx, draw, (tx, after) => announcePage(tx, draw, after));
}

/** The last rank of a full page. */
async function announcePage(tx: Context, draw: Draw, after = 0): Promise<number | undefined> {
  const { organizationId, eventId } = draw;
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
        details: resultOf(draw, person.draw_rank),
      })),
  );
  return people.length === PAGE ? people.at(-1)?.draw_rank : undefined;
}

/** Nothing where the draw was held by a version that did not say. */
function resultOf({ confirmed, waitlisted, passedBy = [] }: Draw, rank: number) {
  if (confirmed === undefined || waitlisted === undefined) return undefined;
  const isSeated = rank <= confirmed + passedBy.length && !passedBy.includes(rank);
  if (isSeated) return { to: "confirmed" };
  return { to: waitlisted > 0 ? "waitlisted" : "rejected" };
}

function keyOf({ id }: { id: string }): string {
  return `${KIND}:${id}`;
}

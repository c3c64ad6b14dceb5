import { inArray } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import type { EventKey } from "./lock-event.ts";
import { waitingPlaces } from "./waiting-places.ts";

type Wanted = { key: EventKey; ids: string[] };

/**
 * The places in the queue of those among these registrations that wait, by one walk along it: joined to a page, a
 * planner that has no statistics yet would walk it for each row.
 */
export async function readPlaces(ctx: Context, { key, ids }: Wanted): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const waiting = waitingPlaces(ctx.db, key);
  const rows = await ctx.db
    .select({ id: waiting.id, position: waiting.position })
    .from(waiting)
    .where(inArray(waiting.id, ids));
  return new Map(rows.map(({ id, position }) => [id, position]));
}

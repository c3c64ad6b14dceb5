import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import type { EventKey } from "./lock-event.ts";
import { isPassedBy } from "./waitlist-position.ts";

/** The order in which an event's queue gets seats, in one walk along it, as numbers alone: a hundred thousand are less than a megabyte. */
export async function readQueue(
  ctx: Context,
  { organizationId, eventId }: EventKey,
): Promise<number[]> {
  const [row] = await ctx.db.execute<{ queue: number[] }>(sql`
    select coalesce(json_agg(queue_no order by queue_no), '[]') as queue
    from registrations
    where organization_id = ${organizationId} and event_id = ${eventId} and status = 'waitlisted' and not ${isPassedBy(sql`registrations`)}`);
  return row?.queue ?? [];
}

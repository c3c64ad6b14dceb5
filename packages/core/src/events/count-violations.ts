import { MAX_EVENT_DAYS } from "@tsudoi/shared/events.ts";
import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";

export type Violations = { seats_counter: number; seats_over_capacity: number };

/** What must never be: a counter that differs from the rows it counts, or more seats given than there are. */
export async function countViolations(ctx: Context): Promise<Violations> {
  const [row] = await ctx.db.execute<Violations>(sql`
    select
      count(*) filter (where counted.seated <> e.seats_taken or counted.waiting <> e.waitlist_length)::int
        as seats_counter,
      count(*) filter (where counted.seated > e.capacity)::int as seats_over_capacity
    from events e
    cross join lateral (
      select
        count(*) filter (where r.status in ('confirmed', 'offered')) as seated,
        count(*) filter (where r.status = 'waitlisted') as waiting
      from registrations r
      where r.organization_id = e.organization_id and r.event_id = e.id
    ) counted
    where e.status = 'published' and e.ends_at > now()
      and e.starts_at > now() - make_interval(days => ${MAX_EVENT_DAYS})`);
  return row ?? { seats_counter: 0, seats_over_capacity: 0 };
}

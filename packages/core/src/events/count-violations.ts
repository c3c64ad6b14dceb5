import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";

/** The most that one look counts, however many events and registrations there are. */
const MOST_EVENTS = 2_000;
const MOST_REGISTRATIONS = 100_000;

export type Violations = { seats_counter: number; seats_over_capacity: number };

type Position = { endsAt: string; id: string };

/** A walk over all upcoming events, round after round, a slice at each look; whoever looks keeps it. */
export type Walk = { after?: Position | null; found?: Violations; lastRound?: Violations };

const NONE: Violations = { seats_counter: 0, seats_over_capacity: 0 };
const START: Position = { endsAt: "-infinity", id: "00000000-0000-0000-0000-000000000000" };

/**
 * What must never be: a counter that differs from the rows it counts, or more seats given than there are.
 * Tells what the last round of the walk found, or more where this one has found more already.
 */
export async function countViolations(ctx: Context, walk: Walk = {}): Promise<Violations> {
  const { next, ...slice } = await countSlice(ctx, walk.after ?? START);
  const found = combine(slice, walk.found ?? NONE, (one, other) => one + other);
  if (next === null) {
    Object.assign(walk, { after: null, found: NONE, lastRound: found });
    return found;
  }
  Object.assign(walk, { after: next, found });
  return combine(found, walk.lastRound ?? NONE, Math.max);
}

function combine(
  one: Violations,
  other: Violations,
  by: (one: number, other: number) => number,
): Violations {
  return {
    seats_counter: by(one.seats_counter, other.seats_counter),
    seats_over_capacity: by(one.seats_over_capacity, other.seats_over_capacity),
  };
}

type Slice = Violations & { next: Position | null };

/** The last receipt number tells how many registrations an event can have without counting them. */
async function countSlice(ctx: Context, after: Position): Promise<Slice> {
  const [row] = await ctx.db.execute<Slice & Record<string, unknown>>(sql`
    with upcoming as (
      select organization_id, id, ends_at, capacity, seats_taken, waitlist_length,
        sum(last_number) over (order by ends_at, id) - last_number as registrations_before
      from events
      where status = 'published'
        and (ends_at, id) > (greatest(now(), ${after.endsAt}::timestamptz), ${after.id}::uuid)
      order by ends_at, id
      limit ${MOST_EVENTS}
    ), slice as (
      select organization_id, id, ends_at, capacity, seats_taken, waitlist_length
      from upcoming
      where registrations_before < ${MOST_REGISTRATIONS}
    )
    select
      count(*) filter (where seated <> seats_taken or waiting <> waitlist_length)::int as seats_counter,
      count(*) filter (where seated > capacity)::int as seats_over_capacity,
      case when count(*) = ${MOST_EVENTS} or count(*) < (select count(*) from upcoming) then
        json_build_object('endsAt', max(ends_at), 'id', (array_agg(id order by ends_at desc, id desc))[1])
      end as next
    from slice
    cross join lateral (
      select
        count(*) filter (where r.status in ('confirmed', 'offered')) as seated,
        count(*) filter (where r.status = 'waitlisted') as waiting
      from registrations r
      where r.organization_id = slice.organization_id and r.event_id = slice.id
    ) counted`);
  return row ?? { ...NONE, next: null };
}

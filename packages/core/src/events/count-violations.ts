import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";

/** The most that one look counts, however many events and registrations there are. */
const MOST_EVENTS = 2_000;
const MOST_REGISTRATIONS = 100_000;
/** Passing many seats on takes more than one transaction, and an offer ends when a job has come to it. */
const PATIENCE = sql`interval '60 seconds'`;

/** Events that break a rule. */
export type Violations = {
  seats_counter: number;
  seats_over_capacity: number;
  free_seat_beside_waiting: number;
  offers_overdue: number;
};

/** Seats and people of all events to come. */
export type Places = { taken: number; free: number; waiting: number; undecided: number };

type Found = Violations & Places;
type Position = { endsAt: string; id: string };

/** A walk over all upcoming events, round after round, a slice at each look; whoever looks keeps it. */
export type Walk = { after?: Position | null; found?: Found; lastRound?: Found };

const NONE: Found = {
  seats_counter: 0,
  seats_over_capacity: 0,
  free_seat_beside_waiting: 0,
  offers_overdue: 0,
  taken: 0,
  free: 0,
  waiting: 0,
  undecided: 0,
};
const START: Position = { endsAt: "-infinity", id: "00000000-0000-0000-0000-000000000000" };

/**
 * What must never be: a counter that differs from the rows it counts, more seats given than there are, a seat that
 * stays free beside somebody who waits, an offer that nobody ends. Tells what the last round of the walk found, or
 * more where this one has found more already; the places are those of the last whole round, once there was one.
 */
export async function countViolations(
  ctx: Context,
  walk: Walk = {},
): Promise<{ violations: Violations; places: Places | undefined }> {
  const { next, ...slice } = await countSlice(ctx, walk.after ?? START);
  const found = combine(slice, walk.found ?? NONE, (one, other) => one + other);
  if (next !== null) {
    Object.assign(walk, { after: next, found });
    const { lastRound } = walk;
    const violations = toViolations(combine(found, lastRound ?? NONE, Math.max));
    return { violations, places: lastRound && toPlaces(lastRound) };
  }
  Object.assign(walk, { after: null, found: NONE, lastRound: found });
  return { violations: toViolations(found), places: toPlaces(found) };
}

function combine(one: Found, other: Found, by: (one: number, other: number) => number): Found {
  const names = Object.keys(NONE) as (keyof Found)[];
  return Object.fromEntries(names.map((name) => [name, by(one[name], other[name])])) as Found;
}

function toViolations({ taken, free, waiting, undecided, ...violations }: Found): Violations {
  return violations;
}

function toPlaces({ taken, free, waiting, undecided }: Found): Places {
  return { taken, free, waiting, undecided };
}

type Slice = Found & { next: Position | null };

/** The last receipt number tells how many registrations an event can have without counting them. */
async function countSlice(ctx: Context, after: Position): Promise<Slice> {
  const [row] = await ctx.db.execute<Slice & Record<string, unknown>>(sql`
    with upcoming as (
      select organization_id, id, starts_at, registration_closes_at, ends_at, capacity, seats_taken, waitlist_length, pending_count,
        sum(last_number) over (order by ends_at, id) - last_number as registrations_before
      from events
      where status in ('published', 'closed')
        and (ends_at, id) > (greatest(now(), ${after.endsAt}::timestamptz), ${after.id}::uuid)
      order by ends_at, id
      limit ${MOST_EVENTS}
    ), slice as (
      select organization_id, id, starts_at, registration_closes_at, ends_at, capacity, seats_taken, waitlist_length, pending_count
      from upcoming
      where registrations_before < ${MOST_REGISTRATIONS}
    )
    select
      count(*) filter (
        where seated <> seats_taken or queued <> waitlist_length or asking <> pending_count
      )::int as seats_counter,
      count(*) filter (where seated > capacity)::int as seats_over_capacity,
      count(*) filter (where ${isKeptWaiting})::int as free_seat_beside_waiting,
      count(*) filter (where offered > 0 and ${hasOverdueOffer})::int as offers_overdue,
      coalesce(sum(seated), 0)::float8 as taken,
      coalesce(sum(greatest(0, capacity - seated)), 0)::float8 as free,
      coalesce(sum(queued), 0)::float8 as waiting, coalesce(sum(asking), 0)::float8 as undecided,
      case when count(*) = ${MOST_EVENTS} or count(*) < (select count(*) from upcoming) then
        json_build_object('endsAt', max(ends_at), 'id', (array_agg(id order by ends_at desc, id desc))[1])
      end as next
    from slice
    cross join lateral (
      select
        count(*) filter (where r.status in ('confirmed', 'offered')) as seated,
        count(*) filter (where r.status = 'waitlisted') as queued,
        count(*) filter (where r.status = 'pending') as asking,
        count(*) filter (where r.status = 'offered') as offered
      from registrations r
      where r.organization_id = slice.organization_id and r.event_id = slice.id
    ) counted`);
  return row ?? { ...NONE, next: null };
}

/**
 * Somebody whom a seat can be given, before it begins, and nobody has moved in it for a while: seats are being passed on
 * as long as somebody does, and once an account is enabled again, by the job that follows.
 */
const isKeptWaiting = sql`
  case when queued > 0 and seated < capacity and greatest(starts_at, registration_closes_at) > now() then not exists (
    select 1 from registrations r
    where r.organization_id = slice.organization_id and r.event_id = slice.id
      and r.updated_at > now() - ${PATIENCE}
  ) and not exists (
    select 1 from outbox o
    where o.dedupe_key > 'registrations.pass-seats:' || slice.id || ':enabled:'
      and o.dedupe_key < 'registrations.pass-seats:' || slice.id || ':enabled;'
      and o.created_at > now() - ${PATIENCE}
  ) and exists (
    select 1 from registrations r
    join users u on u.organization_id = r.organization_id and u.id = r.user_id
    where r.organization_id = slice.organization_id and r.event_id = slice.id
      and r.status = 'waitlisted' and u.disabled_at is null
  ) else false end`;

const hasOverdueOffer = sql`exists (
  select 1 from registrations r
  where r.organization_id = slice.organization_id and r.event_id = slice.id
    and r.status = 'offered' and r.offer_expires_at < now() - ${PATIENCE}
)`;

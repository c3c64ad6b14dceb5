import type { Sql, TransactionSql } from "postgres";
import { TIME_ZONE } from "#scripts/demo/organization.ts";
import { Refusal } from "#scripts/refusal.ts";
import { type PlannedLoad, planLoad } from "./plan-load.ts";
import { FORMS, PLACES, SUBJECTS } from "./words.ts";

export type Load = { organizationId: string; events: number; registrations: number };

/** Rows of one transaction: enough to be quick, few enough to show progress and to keep locks short. */
const ROWS_PER_BATCH = 20_000;
const EVENTS_PER_BATCH = 2_000;

/**
 * Adds events with their registrations, each event whole: its counters are what its rows add up to,
 * at every moment that others can see.
 */
export async function seedEvents(
  sql: Sql,
  load: Load,
  onProgress: (done: { events: number; registrations: number }) => void,
): Promise<void> {
  const people = await listCandidates(sql, load.organizationId);
  if (load.registrations > load.events * people) {
    throw new Refusal(
      `${load.registrations} registrations need more than ${load.events} events and ${people} people: nobody registers twice for one event`,
    );
  }
  const [row] = await sql<{ first: number }[]>`
    select count(*)::int as first from events where organization_id = ${load.organizationId}`;
  const done = { events: 0, registrations: 0 };
  for (const batch of inBatches(planLoad({ ...load, people }))) {
    await sql.begin(async (tx) => {
      const first = (row?.first ?? 0) + done.events;
      await insertEvents(tx, { organizationId: load.organizationId, batch, first });
      await insertRegistrations(tx, { organizationId: load.organizationId, people });
    });
    done.events += batch.length;
    done.registrations += batch.reduce((sum, event) => sum + event.registrations, 0);
    onProgress(done);
  }
  await sql`analyze events, registrations`;
}

/** Numbers everyone who may register, so that a step of fixed length never meets a person twice. */
async function listCandidates(sql: Sql, organizationId: string): Promise<number> {
  await sql`
    create temp table if not exists seed_people
      (position int primary key, user_id uuid not null, department_id uuid)`;
  await sql`truncate seed_people`;
  const inserted = await sql`
    insert into seed_people
    select row_number() over (order by id) - 1, id, department_id from users
    where organization_id = ${organizationId} and disabled_at is null`;
  await sql`analyze seed_people`;
  await sql`
    create temp table if not exists seed_events
      (event_id uuid, registrations int, capacity int, opens_at timestamptz, until_at timestamptz)`;
  return inserted.count;
}

type Batch = { organizationId: string; batch: PlannedLoad[]; first: number };

/** One registration in this many was cancelled again. */
const CANCELLED_ONE_IN = 29;

async function insertEvents(sql: TransactionSql, { organizationId, batch, first }: Batch) {
  await sql`truncate seed_events`;
  await sql`
    with plan as (
      select first.ordinal::int + ${first} as k, first.registrations as n, first.capacity,
        first.registrations / ${CANCELLED_ONE_IN}::int as cancelled,
        1 + (first.ordinal::int + ${first}) % ${SUBJECTS.length} as subject,
        1 + (first.ordinal::int + ${first}) / ${SUBJECTS.length} % ${FORMS.length} as form
      from unnest(
        ${batch.map((event) => event.registrations)}::int[], ${batch.map((event) => event.capacity)}::int[]
      ) with ordinality as first (registrations, capacity, ordinal)
    ), timed as (
      select k, n, capacity, cancelled, subject, form,
        (current_date + (k * 7919 % 210 - 90) + make_time(9 + k * 31 % 9, 0, 0)) at time zone ${TIME_ZONE} as starts_at
      from plan
    ), made as (
      insert into events
        (organization_id, title_ja, title_en, description_ja, description_en, category_slug, department_id,
         created_by, status, starts_at, ends_at, time_zone, registration_opens_at, registration_closes_at,
         cancel_until, location, capacity, seats_taken, waitlist_length, waitlist_mode, approval, seq,
         last_number, published_at)
      select ${organizationId},
        (${SUBJECTS.map(({ ja }) => ja)}::text[])[subject] || ' ' || (${FORMS.map(({ ja }) => ja)}::text[])[form] || ' 第' || k || '回',
        (${SUBJECTS.map(({ en }) => en)}::text[])[subject] || ': ' || (${FORMS.map(({ en }) => en)}::text[])[form] || ' (' || k || ')',
        (${SUBJECTS.map(({ ja }) => ja)}::text[])[subject] || 'を取り上げます。どなたでも参加できます。',
        'About ' || lower((${SUBJECTS.map(({ en }) => en)}::text[])[subject]) || '. Everyone is welcome.',
        (${SUBJECTS.map(({ category }) => category)}::text[])[subject],
        organizer.department_id, organizer.id, 'published',
        starts_at, starts_at + make_interval(mins => 45 + 15 * (k % 8)), ${TIME_ZONE},
        least(starts_at - interval '45 days', now() - interval '5 days'), starts_at - interval '1 day',
        starts_at - interval '1 day', (${PLACES}::text[])[1 + k % ${PLACES.length}],
        capacity, least(capacity, n - cancelled), greatest(0, n - cancelled - capacity), 'automatic', false,
        n + cancelled, n, least(starts_at - interval '45 days', now() - interval '5 days')
      from timed cross join (
        select id, department_id from users
        where organization_id = ${organizationId} and role in ('organizer', 'admin') and disabled_at is null
        order by role desc, id limit 1
      ) as organizer
      returning id, created_by, last_number, capacity, registration_opens_at, registration_closes_at
    ), owned as (
      insert into event_organizers (organization_id, event_id, user_id, role)
      select ${organizationId}, id, created_by, 'owner' from made
    )
    insert into seed_events
    select id, last_number, capacity, registration_opens_at, least(registration_closes_at, now()) from made`;
}

type Registrants = { organizationId: string; people: number };

/** Primes, so that the first that does not divide the number of people visits everyone once. */
const STEPS = [7_919, 104_729, 15_485_863] as const;

async function insertRegistrations(sql: TransactionSql, { organizationId, people }: Registrants) {
  const step = STEPS.find((prime) => people % prime !== 0) ?? 1;
  await sql`
    insert into registrations
      (organization_id, event_id, user_id, department_id, status, seq, number, queue_no, registered_at, updated_at)
    select ${organizationId}, event_id, user_id, department_id, status,
      case status when 'cancelled' then registrations + k / ${CANCELLED_ONE_IN}::int else k end,
      k, case status when 'waitlisted' then k end, at, at
    from seed_events
    cross join lateral (
      select k,
        (abs(hashtext(event_id::text)::bigint) + k::bigint * ${step}) % ${people} as position,
        case
          when k % ${CANCELLED_ONE_IN} = 0 then 'cancelled'
          when k - k / ${CANCELLED_ONE_IN}::int <= capacity then 'confirmed'
          else 'waitlisted'
        end as status,
        opens_at + (until_at - opens_at) * (k::float8 / (registrations + 1)) as at
      from generate_series(1, registrations) as k
    ) as drawn
    join seed_people using (position)`;
}

/** Cuts the plan where a transaction has enough rows, never through an event. */
function* inBatches(plan: readonly PlannedLoad[]): Generator<PlannedLoad[]> {
  let batch: PlannedLoad[] = [];
  let rows = 0;
  for (const event of plan) {
    batch.push(event);
    rows += event.registrations;
    if (rows < ROWS_PER_BATCH && batch.length < EVENTS_PER_BATCH) continue;
    yield batch;
    batch = [];
    rows = 0;
  }
  if (batch.length > 0) yield batch;
}

import type { Sql } from "postgres";
import { insertReviewedEvents } from "#bench/contenders/express-apps.ts";
import { insertEvents, type Tsudoi } from "#bench/contenders/tsudoi.ts";
import type { Person } from "#bench/people.ts";

/** One event of ours whose seats are all taken, with people who wait; all who organise anything organise it. */
export async function crowdEvent(
  tsudoi: Tsudoi,
  { seats, waiting }: { seats: number; waiting: number },
): Promise<string> {
  const { sql } = tsudoi.database;
  const { organizationId } = tsudoi;
  const [eventId = ""] = await insertEvents(sql, { ...tsudoi, capacity: seats, count: 1 });
  const count = seats + waiting;
  await sql`
    insert into registrations (organization_id, event_id, user_id, status, seq, number, queue_no)
    select ${organizationId}, ${eventId}, id, case when n <= ${seats} then 'confirmed' else 'waitlisted' end,
      n, n, case when n > ${seats} then n end
    from (
      select id, row_number() over (order by split_part(split_part(email, '-', 2), '@', 1)::int) as n from users
    ) as person
    where n <= ${count}`;
  await sql`
    update events
    set waitlist_mode = 'automatic', seats_taken = ${seats}, waitlist_length = ${waiting}, seq = ${count},
      last_number = ${count}
    where organization_id = ${organizationId} and id = ${eventId}`;
  await sql`
    insert into event_organizers (organization_id, event_id, user_id, role)
    select ${organizationId}, ${eventId}, id, 'owner' from unnest(${tsudoi.organizerIds}::uuid[]) as id`;
  await sql`vacuum analyze registrations, event_organizers`;
  return eventId;
}

/** The same people in one event of the reviewed design. */
export async function crowdReviewedEvent(sql: Sql, people: Person[]): Promise<string> {
  const [eventId = ""] = await insertReviewedEvents(sql, { capacity: people.length, count: 1 });
  await sql`
    insert into registrations (event_id, user_id, status)
    select ${eventId}, id, 'registered' from users`;
  await sql`vacuum analyze registrations`;
  return eventId;
}

import type { Sql } from "postgres";

export type EventRow = { id: string; title: string; start_datetime: Date; capacity: number };
export type UserRow = { id: string; email: string; name: string };
export type RegistrationRow = { id: string; event_id: string; user_id: string; status: string };

/** Whole rows, one at a time, as the reviewed design reads everything. */
export async function findEvent(sql: Sql, id: string): Promise<EventRow | undefined> {
  const [event] = await sql<EventRow[]>`
    select id, title, description, category, start_datetime, end_datetime, capacity, status, organizer_id, created_at
    from events where id = ${id}`;
  return event;
}

export async function findEvents(sql: Sql): Promise<EventRow[]> {
  return await sql<EventRow[]>`
    select id, title, description, category, start_datetime, end_datetime, capacity, status, organizer_id, created_at
    from events where status = 'published' order by start_datetime`;
}

export async function countRegistrations(sql: Sql, eventId: string): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from registrations where event_id = ${eventId}`;
  return row?.count ?? 0;
}

export async function findUser(sql: Sql, id: string): Promise<UserRow | undefined> {
  const [user] = await sql<
    UserRow[]
  >`select id, email, name, department from users where id = ${id}`;
  return user;
}

export async function findRegistrations(sql: Sql, eventId: string): Promise<RegistrationRow[]> {
  return await sql<RegistrationRow[]>`
    select id, event_id, user_id, status, registered_at, checked_in_at
    from registrations where event_id = ${eventId}`;
}

export async function insertRegistration(
  sql: Sql,
  registration: { eventId: string; userId: string },
): Promise<RegistrationRow | undefined> {
  const [row] = await sql<RegistrationRow[]>`
    insert into registrations (event_id, user_id, status)
    values (${registration.eventId}, ${registration.userId}, 'registered')
    returning id, event_id, user_id, status, registered_at, checked_in_at`;
  return row;
}

import postgres, { type Sql } from "postgres";
import { insertRegistration, type RegistrationRow } from "#bench/reviewed/repositories.ts";

/** Answers undefined where the event is full. */
export type Fix = (
  sql: Sql,
  wanted: { eventId: string; userId: string },
) => Promise<RegistrationRow | undefined>;

export const FIX_NAMES = ["insert-where-count", "count-under-lock", "counted-by-trigger"] as const;
export type FixName = (typeof FIX_NAMES)[number];

/** How each of the three reviews would have the seats counted. */
export const FIXES: Record<FixName, Fix> = {
  "insert-where-count": insertWhereCount,
  "count-under-lock": countUnderLock,
  "counted-by-trigger": countedByTrigger,
};

const CHECK_VIOLATION = "23514";

async function insertWhereCount(
  sql: Sql,
  { eventId, userId }: { eventId: string; userId: string },
): Promise<RegistrationRow | undefined> {
  const [row] = await sql<RegistrationRow[]>`
    insert into registrations (event_id, user_id, status)
    select ${eventId}::uuid, ${userId}::uuid, 'registered'
    where (select count(*) from registrations where event_id = ${eventId})
      < (select capacity from events where id = ${eventId})
    returning id, event_id, user_id, status, registered_at, checked_in_at`;
  return row;
}

/** The count is as old as the statement, which began before it waited for the lock. */
async function countUnderLock(
  sql: Sql,
  wanted: { eventId: string; userId: string },
): Promise<RegistrationRow | undefined> {
  return await sql.begin(async (tx) => {
    const [event] = await tx<{ capacity: number; taken: number }[]>`
      select capacity,
        (select count(*)::int from registrations where event_id = ${wanted.eventId}) as taken
      from events where id = ${wanted.eventId}
      for update`;
    if (event === undefined || event.taken >= event.capacity) return undefined;
    return await insertRegistration(tx as unknown as Sql, wanted);
  });
}

async function countedByTrigger(
  sql: Sql,
  wanted: { eventId: string; userId: string },
): Promise<RegistrationRow | undefined> {
  try {
    return await insertRegistration(sql, wanted);
  } catch (error) {
    if (error instanceof postgres.PostgresError && error.code === CHECK_VIOLATION) return undefined;
    throw error;
  }
}

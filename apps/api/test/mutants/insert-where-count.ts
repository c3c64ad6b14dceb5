import { sql } from "drizzle-orm";
import { runMutant } from "./run-mutant.ts";

/** Another fix the reviews recommend: one statement that counts and inserts; two of them count the same. */
await runMutant(async (db, request) => {
  const [row] = await db.execute<{ id: string }>(sql`
    insert into registrations (organization_id, event_id, user_id, status, seq, number)
    select e.organization_id, e.id, ${request.userId}, 'confirmed', 1, 1
    from events e
    where e.id = ${request.eventId} and (
      select count(*) from registrations r where r.event_id = e.id and r.status = 'confirmed'
    ) < e.capacity
    returning id`);
  return row?.id;
});

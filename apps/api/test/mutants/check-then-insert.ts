import { sql } from "drizzle-orm";
import { insertRow, runMutant } from "./run-mutant.ts";

/** The design the reviews were about: look, then write. */
await runMutant(async (db, request) => {
  const [event] = await db.execute<{ free: boolean }>(sql`
    select (
      select count(*) from registrations r where r.event_id = e.id and r.status = 'confirmed'
    ) < e.capacity as free
    from events e where e.id = ${request.eventId}`);
  return event?.free ? insertRow(db, request) : undefined;
});

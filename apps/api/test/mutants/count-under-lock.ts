import { sql } from "drizzle-orm";
import { insertRow, runMutant } from "./run-mutant.ts";

/** A fix the reviews recommend: lock and count in one statement, whose snapshot is older than its lock. */
await runMutant((db, request) =>
  db.transaction(async (tx) => {
    const [event] = await tx.execute<{ capacity: number; taken: number }>(sql`
      select e.capacity, (
        select count(*)::int from registrations r where r.event_id = e.id and r.status = 'confirmed'
      ) as taken
      from events e where e.id = ${request.eventId}
      for update`);
    const isFree = event !== undefined && event.taken < event.capacity;
    return isFree ? insertRow(tx, request) : undefined;
  }),
);

import { sql } from "drizzle-orm";
import type { Context, SeatRequest } from "#core/db/context.ts";
import type { Claim } from "./claim-seats.ts";
import type { EventKey, LockedEvent } from "./lock-event.ts";

/** Somebody who asked and has a place: seated, waiting or pending, as the claim says. */
export type Seated = { request: SeatRequest; id: string; claim: Claim };

/** The rows and the counter that counts them, in one statement. */
export async function writeClaims(
  tx: Context,
  key: EventKey,
  { seated, after }: { seated: Seated[]; after: LockedEvent },
): Promise<void> {
  if (seated.length === 0) return;
  const column = (pick: (row: Seated) => string | number | null) => sql.param(seated.map(pick));
  const now = tx.now().toISOString();
  await tx.db.execute(sql`
    with counted as (
      update events
      set seats_taken = ${after.seatsTaken}, waitlist_length = ${after.waitlistLength},
        pending_count = ${after.pendingCount}, seq = ${after.seq}, last_number = ${after.lastNumber}
      where organization_id = ${key.organizationId} and id = ${key.eventId}
    )
    insert into registrations
      (organization_id, id, event_id, user_id, department_id, status, seq, number, queue_no,
        answers, registered_at, updated_at)
    select ${key.organizationId}, claim.id, ${key.eventId}, claim.user_id, claim.department_id,
      claim.status, claim.seq, claim.number,
      case when claim.status = 'waitlisted' then claim.seq end, claim.answers::jsonb,
      ${now}::timestamptz, ${now}::timestamptz
    from unnest(
      ${column((row) => row.id)}::uuid[], ${column((row) => row.claim.userId)}::uuid[],
      ${column((row) => row.claim.departmentId)}::uuid[],
      ${column((row) => row.claim.status)}::text[], ${column((row) => row.claim.seq)}::bigint[],
      ${column((row) => row.claim.number)}::int[],
      ${column(({ claim }) => (claim.answers ? JSON.stringify(claim.answers) : null))}::text[]
    ) as claim (id, user_id, department_id, status, seq, number, answers)`);
}

import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import type { EventKey } from "./lock-event.ts";
import type { Move } from "./seat-rules.ts";

/**
 * The rows of moves made under the event's lock, in one statement; one that is not as it was found fails all. Rows are
 * found by their ids: what no index can be asked for keeps a planner from reading the whole event for each of them.
 */
export async function writeMoves(tx: Context, key: EventKey, moves: Move[]): Promise<void> {
  if (moves.length === 0) return;
  const column = (pick: (move: Move) => string | number | null) => sql.param(moves.map(pick));
  const written = await tx.db.execute(sql`
    update registrations
    set status = moved.status, seq = moved.seq, queue_no = moved.queue_no,
      offer_expires_at = moved.offer_expires_at, ended_by = moved.ended_by,
      reason = coalesce(moved.reason, registrations.reason), updated_at = ${tx.now().toISOString()}
    from unnest(
      ${column((move) => move.id)}::uuid[], ${column((move) => move.from)}::text[],
      ${column((move) => move.to)}::text[], ${column((move) => move.seq)}::bigint[],
      ${column((move) => move.queueNo)}::bigint[],
      ${column((move) => move.offerExpiresAt?.toISOString() ?? null)}::timestamptz[],
      ${column((move) => move.endedBy)}::text[], ${column((move) => move.reason)}::text[]
    ) as moved (id, was, status, seq, queue_no, offer_expires_at, ended_by, reason)
    where registrations.organization_id = ${key.organizationId} and registrations.id = moved.id
      and registrations.event_id is not distinct from ${key.eventId}::uuid
      and registrations.status is not distinct from moved.was
    returning 1`);
  if (written.length !== moves.length) throw new Error("a registration moved outside its lock");
}

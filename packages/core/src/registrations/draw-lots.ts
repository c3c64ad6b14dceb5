import { sql } from "drizzle-orm";
import { recordAudit } from "#core/audit/record-audit.ts";
import type { Context } from "#core/db/context.ts";
import { enqueue } from "#core/jobs/enqueue.ts";
import { changeSeats } from "./change-seats.ts";
import { countDrawn, type Drawn } from "./count-moves.ts";
import type { EventKey, LockedEvent } from "./lock-event.ts";
import { passByDisabled } from "./pass-by-disabled.ts";
import { requireDue } from "./require-due.ts";
import { hasFreeSeat } from "./seat-rules.ts";

/**
 * Draws the order of all entrants once, from a seed whose hash was shown before: the first ones get the seats, the others
 * wait in that order. Anyone who knows the seed afterwards finds the same order: whose account is disabled has a place in
 * it like everyone, and waits there while their seat goes to the next.
 */
export async function drawLots(tx: Context, key: EventKey): Promise<void> {
  let drawn: DrawnOrder = { entrants: 0, confirmed: 0, waitlisted: 0, passedBy: [] };
  await changeSeats(tx, key, {
    action: "events.draw",
    async decide(event) {
      const seed = requireDue(event, tx.now());
      await passByDisabled(tx, key, event);
      drawn = await writeOrder(tx, key, { event, seed });
      event.pendingCount -= drawn.entrants;
      event.seatsTaken += drawn.confirmed;
      event.waitlistLength += drawn.waitlisted;
      event.seq += drawn.entrants;
      event.drawnAt = tx.now();
      return [];
    },
  });
  const { passedBy, ...counts } = drawn;
  countDrawn(tx, counts);
  await recordAudit(tx, [
    {
      organizationId: key.organizationId,
      ...(tx.actor.kind === "user" ? { actorId: tx.actor.userId } : {}),
      action: "events.draw",
      entity: "event",
      entityId: key.eventId,
      details: counts,
    },
  ]);
  const { confirmed, waitlisted } = counts;
  const payload = { eventId: key.eventId, confirmed, waitlisted, passedBy };
  await enqueue(tx, "registrations.announce-draw", [
    { organizationId: key.organizationId, payload },
  ]);
}

/** With the ranks whose turn it was, and whose account is disabled. */
type DrawnOrder = Drawn & { passedBy: number[] };

/** Ordered by HMAC-SHA-256 of the registration's id under the seed: one statement, which takes 3 s for 100,000 people. */
async function writeOrder(
  tx: Context,
  key: EventKey,
  { event, seed }: { event: LockedEvent; seed: string },
): Promise<DrawnOrder> {
  const free = hasFreeSeat(event) ? event.capacity - event.seatsTaken : 0;
  const losers = event.waitlistMode === "none" ? "rejected" : "waitlisted";
  const { inner, outer } = padded(seed);
  const [drawn] = await tx.db.execute<DrawnOrder>(sql`
    with lots as (
      select r.id, u.disabled_at is null as can_come, row_number() over (order by
        sha256(decode(${outer}, 'hex') ||
          sha256(decode(${inner}, 'hex') || convert_to(r.id::text, 'UTF8'))), r.id) as rank
      from registrations r
      join users u on u.organization_id = r.organization_id and u.id = r.user_id
      where r.organization_id = ${key.organizationId} and r.event_id = ${key.eventId}
        and r.status = 'pending'
    ), turns as (
      select id, rank, can_come,
        ${free} - count(*) filter (where can_come) over (order by rank) + can_come::int > 0 as has_turn
      from lots
    ), moved as (
      update registrations
      set draw_rank = rank, seq = ${event.seq} + rank,
        status = case when has_turn and can_come then 'confirmed' else ${losers} end,
        queue_no = case when not (has_turn and can_come) and ${losers} = 'waitlisted' then ${event.seq} + rank end,
        updated_at = ${tx.now().toISOString()}
      from turns
      where registrations.organization_id = ${key.organizationId} and registrations.id = turns.id
      returning registrations.status
    )
    select count(*)::int as entrants,
      (count(*) filter (where status = 'confirmed'))::int as confirmed,
      (count(*) filter (where status = 'waitlisted'))::int as waitlisted,
      array(select rank::int from turns where has_turn and not can_come order by rank) as "passedBy"
    from moved`);
  if (drawn === undefined) throw new Error("the draw was not answered");
  return drawn;
}

const BLOCK = 64;
const INNER = 0x36;
const OUTER = 0x5c;

/** HMAC's two keys (RFC 2104), so that the database draws with the hash it has. */
function padded(seed: string): { inner: string; outer: string } {
  const key = Buffer.concat([Buffer.from(seed, "hex")], BLOCK);
  const xor = (by: number) => Buffer.from(key.map((byte) => byte ^ by)).toString("hex");
  return { inner: xor(INNER), outer: xor(OUTER) };
}

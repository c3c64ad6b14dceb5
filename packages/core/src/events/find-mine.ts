import type { EventRole } from "@tsudoi/shared/permissions.ts";
import type { EndedBy, RegistrationStatus } from "@tsudoi/shared/registrations.ts";
import { sql } from "drizzle-orm";
import type { Context, UserActor } from "#core/db/context.ts";
import { events } from "#core/db/schema/events.ts";
import { waitlistPosition } from "#core/registrations/waitlist-position.ts";
import { isReachable } from "./audience.ts";

export type LastRegistration = {
  id: string;
  status: RegistrationStatus;
  number: number;
  position: number | null;
  offerExpiresAt: string | null;
  drawRank: number | null;
  reason: string | null;
  endedBy: EndedBy | null;
};

type None = { [Column in keyof LastRegistration]: null };

/** The event's last edit and its seats in the moment that the caller's own was read. */
type Line = { version: number; eventSeq: number; seatsTaken: number; waitlistLength: number };

/** Whether the caller may see an event, their role in it and their last registration, live or not. */
export type Mine = Line & { isVisible: boolean; role: EventRole | null; seq: number } & (
    | LastRegistration
    | None
  );

const NOTHING: Mine = {
  isVisible: false,
  role: null,
  seq: 0,
  version: 0,
  eventSeq: 0,
  seatsTaken: 0,
  waitlistLength: 0,
  id: null,
  status: null,
  number: null,
  position: null,
  offerExpiresAt: null,
  drawRank: null,
  reason: null,
  endedBy: null,
};

/** What the caller is to an event, exact: this is never read from a cache. */
export async function findMine(ctx: Context, actor: UserActor, eventId: string): Promise<Mine> {
  const [row] = await ctx.db.execute<Mine>(sql`
    select ${isReachable(actor) ?? sql`true`} as "isVisible", o.role,
      events.version, events.seq::float8 as "eventSeq", events.seats_taken as "seatsTaken",
      events.waitlist_length as "waitlistLength",
      registrations.id, registrations.status, registrations.number,
      coalesce(registrations.seq, 0)::float8 as seq,
      registrations.offer_expires_at as "offerExpiresAt", registrations.draw_rank as "drawRank",
      registrations.reason, registrations.ended_by as "endedBy", ${waitlistPosition} as position
    from (values (${actor.organizationId}::uuid, ${eventId}::uuid, ${actor.userId}::uuid))
      as me (organization_id, event_id, user_id)
    join ${events}
      on ${events.organizationId} = me.organization_id and ${events.id} = me.event_id
    left join event_organizers o
      on o.organization_id = me.organization_id and o.event_id = me.event_id and o.user_id = me.user_id
    left join lateral (
      select id, status, number, seq, queue_no, offer_expires_at, draw_rank, reason, ended_by,
        organization_id, event_id
      from registrations
      where organization_id = me.organization_id and event_id = me.event_id and user_id = me.user_id
      order by seq desc
      limit 1
    ) registrations on true`);
  return row ?? NOTHING;
}

import { DomainError } from "@tsudoi/shared/errors.ts";
import { type EndedBy, LIVE_STATUSES } from "@tsudoi/shared/registrations.ts";
import { conflict, refuseIfCancelled, refuseIfOver } from "./attendee-rules.ts";
import type { LockedEvent } from "./lock-event.ts";
import { awaitsDraw, type Held, hasFreeSeat, type Move, moveOne } from "./seat-rules.ts";

type Words = { reason?: string | undefined };
type Terms = Words & { now: Date };

/** A person who asked gets a seat, or a place behind those who wait; approval passes nobody by. */
export function approve(event: LockedEvent, held: Held, { reason, now }: Terms): Move[] {
  requirePending(event, held);
  refuseIfOver(event, now);
  refuseIfDisabled(held);
  if (hasFreeSeat(event)) return [moveOne(event, held, { to: "confirmed", reason })];
  if (event.waitlistMode === "none") throw soldOut(event);
  return [moveOne(event, held, { to: "waitlisted", reason })];
}

export function reject(event: LockedEvent, held: Held, { reason }: Words = {}): Move[] {
  requirePending(event, held);
  return [moveOne(event, held, { to: "rejected", reason })];
}

/** Takes a person's place away, whatever the deadline; after the end it is a record of who did not come. */
export function remove(
  event: LockedEvent,
  held: Held,
  { reason, endedBy = "organizer" }: Words & { endedBy?: EndedBy } = {},
): Move[] {
  refuseIfCancelled(event);
  if (!LIVE_STATUSES.some((status) => status === held.status)) throw conflict(held);
  return [moveOne(event, held, { to: "cancelled", endedBy, reason })];
}

/** A free seat for somebody who waits, past the others: the organiser's decision, and in the audit log as theirs. */
export function seat(event: LockedEvent, held: Held, { now }: Terms): Move[] {
  refuseIfCancelled(event);
  refuseIfOver(event, now);
  if (held.status !== "offered" && held.status !== "waitlisted") throw conflict(held);
  refuseIfDisabled(held);
  if (held.status === "waitlisted" && event.seatsTaken >= event.capacity) throw soldOut(event);
  return [moveOne(event, held, { to: "confirmed" })];
}

function requirePending(event: LockedEvent, held: Held): void {
  refuseIfCancelled(event);
  if (held.status !== "pending" || awaitsDraw(event)) throw conflict(held);
}

/** A seat of somebody who cannot sign in is nobody's: what they asked for waits until they can. */
function refuseIfDisabled({ isDisabled = false }: Held): void {
  if (isDisabled) throw new DomainError("ACCOUNT_DISABLED");
}

export function soldOut(event: LockedEvent): DomainError {
  return new DomainError("SOLD_OUT", {
    fields: { seatsTaken: event.seatsTaken, capacity: event.capacity },
  });
}

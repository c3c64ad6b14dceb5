import { DomainError } from "@tsudoi/shared/errors.ts";
import { LIVE_STATUSES } from "@tsudoi/shared/registrations.ts";
import type { LockedEvent } from "./lock-event.ts";
import { type Held, type Move, moveOne } from "./seat-rules.ts";

/** A person gives their place back: a confirmed one until the deadline, a place in a queue at any time. */
export function leave(event: LockedEvent, held: Held, now: Date): Move[] {
  refuseIfCancelled(event);
  if (!LIVE_STATUSES.some((status) => status === held.status)) throw conflict(held);
  const deadline = event.cancelUntil ?? event.startsAt;
  if (held.status === "confirmed" && now >= deadline) {
    throw new DomainError("CANCEL_DEADLINE_PASSED", {
      fields: { cancelUntil: deadline.toISOString() },
    });
  }
  return [moveOne(event, held, { to: "cancelled", endedBy: "attendee" })];
}

/** Takes the seat that is held; once is enough. */
export function accept(event: LockedEvent, held: Held): Move[] {
  refuseIfCancelled(event);
  if (held.status === "confirmed") return [];
  requireOffer(held);
  return [moveOne(event, held, { to: "confirmed" })];
}

/** Lets the seat go to the next in line; once is enough. */
export function decline(event: LockedEvent, held: Held): Move[] {
  refuseIfCancelled(event);
  if (held.status === "declined") return [];
  requireOffer(held);
  return [moveOne(event, held, { to: "declined" })];
}

function requireOffer(held: Held): void {
  if (held.status === "expired") throw new DomainError("OFFER_EXPIRED");
  if (held.status !== "offered") throw conflict(held);
}

export function refuseIfCancelled(event: LockedEvent): void {
  if (event.status === "cancelled") throw new DomainError("EVENT_CANCELLED");
}

/** Nobody is given anything at what has ended. */
export function refuseIfOver(event: Pick<LockedEvent, "endsAt">, now: Date): void {
  if (now >= event.endsAt) throw new DomainError("STATE_CONFLICT", { fields: { status: "over" } });
}

export function conflict(held: Held): DomainError {
  return new DomainError("STATE_CONFLICT", { fields: { status: held.status } });
}

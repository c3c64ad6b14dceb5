import type { EndedBy, RegistrationStatus } from "@tsudoi/shared/registrations.ts";
import { HOUR } from "@tsudoi/shared/time.ts";
import type { LockedEvent } from "./lock-event.ts";

/** One transaction gives seats to this many at most; the next goes on where it ended. */
export const MOST_PROMOTED = 500;

/** A registration as it stands under its event's lock. */
export type Held = {
  id: string;
  userId: string;
  status: RegistrationStatus;
  /** Until when its seat was held, where that is what ends it. */
  heldUntil?: Date | null;
  /** Their account is: they keep their place, and no seat is given to them. */
  isDisabled?: boolean;
};

/** A registration that goes from one status to another, as the next in its event's order of changes. */
export type Move = {
  id: string;
  userId: string;
  from: RegistrationStatus;
  to: RegistrationStatus;
  seq: number;
  queueNo: number | null;
  offerExpiresAt: Date | null;
  /** When the offer that it puts an end to was over. */
  heldUntil: Date | null;
  endedBy: EndedBy | null;
  reason: string | null;
};

type Change = {
  to: RegistrationStatus;
  /** Where it is not the end of the queue. */
  queueNo?: number;
  offerExpiresAt?: Date;
  endedBy?: EndedBy;
  reason?: string | undefined;
};

/** Moves one registration, and the event's counters with it. */
export function moveOne(event: LockedEvent, held: Held, change: Change): Move {
  count(event, held.status, -1);
  count(event, change.to, 1);
  event.seq += 1;
  return {
    id: held.id,
    userId: held.userId,
    from: held.status,
    to: change.to,
    seq: event.seq,
    queueNo: change.to === "waitlisted" ? (change.queueNo ?? event.seq) : null,
    offerExpiresAt: change.offerExpiresAt ?? null,
    heldUntil: held.heldUntil ?? null,
    endedBy: change.endedBy ?? null,
    reason: change.reason ?? null,
  };
}

/** What a registration in this status counts as. */
export function count(event: LockedEvent, status: RegistrationStatus, by: 1 | -1): void {
  if (status === "confirmed" || status === "offered") event.seatsTaken += by;
  if (status === "waitlisted") event.waitlistLength += by;
  if (status === "pending") event.pendingCount += by;
}

/** A seat that somebody who comes now may take: people who wait come first. */
export function hasFreeSeat(event: LockedEvent): boolean {
  return waiting(event) === 0 && event.seatsTaken < event.capacity;
}

/** Who waits and can be given a seat. */
export function waiting({ waitlistLength, disabledWaiting = 0 }: LockedEvent): number {
  return waitlistLength - disabledWaiting;
}

/** How many of those who wait get a seat now. */
export function seatsToPass(event: LockedEvent, now: Date): number {
  const isOn = event.status === "published" || event.status === "closed";
  if (!isOn || now >= lastSeatAt(event)) return 0;
  const free = Math.max(0, event.capacity - event.seatsTaken);
  return Math.min(free, waiting(event), MOST_PROMOTED);
}

/** Gives the next in line their seat, or the offer of it. */
export function passSeat(event: LockedEvent, held: Held, now: Date): Move {
  if (event.waitlistMode !== "offer") return moveOne(event, held, { to: "confirmed" });
  const offerExpiresAt = offerEnd(event, now);
  if (event.offersEndAt === null || offerExpiresAt < event.offersEndAt) {
    event.offersEndAt = offerExpiresAt;
  }
  return moveOne(event, held, { to: "offered", offerExpiresAt });
}

function offerEnd(event: LockedEvent, now: Date): Date {
  const end = Math.min(now.getTime() + event.offerHours * HOUR, lastSeatAt(event).getTime());
  return new Date(end);
}

/** Nobody is given a seat at something that has begun, unless people may still come to it then. */
export function lastSeatAt(event: Pick<LockedEvent, "startsAt" | "registrationClosesAt">): Date {
  return new Date(Math.max(event.startsAt.getTime(), event.registrationClosesAt.getTime()));
}

/** Whether an offer has ended that nobody has put an end to yet. */
export function hasEndedOffers(event: LockedEvent, now: Date): boolean {
  // What ends with the event is told as that.
  if (event.status === "cancelled") return false;
  return event.offersEndAt !== null && event.offersEndAt <= now;
}

/** Whether another transaction has to go on where this one has ended. */
export function isUnfinished(event: LockedEvent, now: Date): boolean {
  return seatsToPass(event, now) > 0 || hasEndedOffers(event, now);
}

/** Entries before the draw wait for it; after it, first come is first served. */
export function awaitsDraw(event: Pick<LockedEvent, "allocation" | "drawnAt">): boolean {
  return event.allocation === "lottery" && event.drawnAt === null;
}

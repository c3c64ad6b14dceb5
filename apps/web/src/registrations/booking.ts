import { bookingState, type Event, isOver } from "@tsudoi/shared/events.ts";
import { LIVE_STATUSES, type RegistrationStatus, seatsLeft } from "@tsudoi/shared/registrations.ts";
import { awaitsDraw } from "#web/events/event-state.ts";

/** What a person can do about an event right now, or why nothing. */
export type Booking =
  | "register"
  | "apply"
  | "enter"
  | "waitlist"
  | "full"
  | "not_open_yet"
  | "closed"
  | "over"
  | "cancelled"
  | "draft";

type Bookable = Pick<
  Event,
  | "status"
  | "registrationOpensAt"
  | "registrationClosesAt"
  | "endsAt"
  | "approval"
  | "allocation"
  | "drawnAt"
  | "waitlistMode"
  | "capacity"
  | "seatsTaken"
>;

export function bookingOf(event: Bookable, now: Date): Booking {
  const state = bookingState(event, now);
  if (state === "cancelled") return "cancelled";
  if (isOver(event, now)) return "over";
  if (state === "not_published") return "draft";
  if (state !== "open") return state;
  if (awaitsDraw(event)) return "enter";
  if (event.approval) return "apply";
  // A seat that stays free beside people who wait is one that none of them can be given: their accounts are disabled.
  if (seatsLeft(event) > 0) return "register";
  return event.waitlistMode === "none" ? "full" : "waitlist";
}

export type Possible = "register" | "apply" | "enter" | "waitlist";

export function isPossible(booking: Booking): booking is Possible {
  return ["register", "apply", "enter", "waitlist"].includes(booking);
}

export function isLive(status: RegistrationStatus): status is (typeof LIVE_STATUSES)[number] {
  return LIVE_STATUSES.some((live) => live === status);
}

import { bookingState, type EventSummary, isOver } from "@tsudoi/shared/events.ts";
import { seatsLeft } from "@tsudoi/shared/registrations.ts";
import type { MeterTone } from "#web/ui/meter.tsx";

/** A seventh of the seats: the moment to hurry. */
const FEW = 0.15;

/** Why an event takes nobody any more; its free seats are then nobody's to book. */
export type Ended = "cancelled" | "over" | "closed";

export function endedState(event: Bookable, now: Date): Ended | undefined {
  const state = bookingState(event, now);
  if (state === "cancelled") return "cancelled";
  if (isOver(event, now)) return "over";
  return state === "closed" ? "closed" : undefined;
}

export function seatTone(
  event: Pick<EventSummary, "capacity" | "seatsTaken">,
  ended?: Ended,
): MeterTone {
  const left = seatsLeft(event);
  if (left === 0 || ended !== undefined) return "full";
  return left / event.capacity < FEW ? "warn" : "ok";
}

/** The language in which a title is missing, if one is. */
export function missingTitle({ title }: Pick<EventSummary, "title">): "ja" | "en" | undefined {
  if (title.ja === "") return "ja";
  return title.en === "" ? "en" : undefined;
}

/** Entries wait for a draw that is still to be held. */
export function awaitsDraw(event: Pick<EventSummary, "allocation" | "drawnAt">): boolean {
  return event.allocation === "lottery" && event.drawnAt === null;
}

/** Whether two events take place at the same time, if only for a part of it. */
export function overlaps(one: Span, other: Span): boolean {
  return one.startsAt < other.endsAt && other.startsAt < one.endsAt;
}

type Bookable = Pick<
  EventSummary,
  "status" | "registrationOpensAt" | "registrationClosesAt" | "endsAt"
>;

type Span = Pick<EventSummary, "startsAt" | "endsAt">;

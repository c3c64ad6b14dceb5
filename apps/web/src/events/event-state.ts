import type { EventSummary } from "@tsudoi/shared/events.ts";
import { seatsLeft } from "@tsudoi/shared/registrations.ts";
import type { MeterTone } from "#web/ui/meter.tsx";

/** A seventh of the seats: the moment to hurry. */
const FEW = 0.15;

export function seatTone(event: Pick<EventSummary, "capacity" | "seatsTaken">): MeterTone {
  const left = seatsLeft(event);
  if (left === 0) return "full";
  return left / event.capacity < FEW ? "warn" : "ok";
}

export function isOver(event: Pick<EventSummary, "endsAt">, now: Date): boolean {
  return new Date(event.endsAt) <= now;
}

/** The language in which a title is missing, if one is. */
export function missingTitle({ title }: Pick<EventSummary, "title">): "ja" | "en" | undefined {
  if (title.ja === "") return "ja";
  return title.en === "" ? "en" : undefined;
}

/** Whether two events take place at the same time, if only for a part of it. */
export function overlaps(one: Span, other: Span): boolean {
  return one.startsAt < other.endsAt && other.startsAt < one.endsAt;
}

type Span = Pick<EventSummary, "startsAt" | "endsAt">;

import type { SeriesPart } from "@tsudoi/shared/event-series.ts";
import { type EventSummary, isOver } from "@tsudoi/shared/events.ts";
import type { Change } from "./draft-input.ts";

/** What is known of an event whose people may hear of something. */
type Known = Pick<
  EventSummary,
  | "id"
  | "status"
  | "startsAt"
  | "endsAt"
  | "approval"
  | "capacity"
  | "seatsTaken"
  | "waitlistLength"
  | "pendingCount"
>;

type Reach = { from: Known; apply: SeriesPart; now: Date };

/** Those events of a series that a change applies to: as the API chooses them. */
export function changed<One extends Known>(events: readonly One[], reach: Reach): One[] {
  const { from, apply, now } = reach;
  return events.filter(
    (event) =>
      (event.status === "draft" || isOn(event, now)) &&
      (event.id === from.id ||
        apply === "all" ||
        (apply === "following" && event.startsAt >= from.startsAt)),
  );
}

/** Those of them that can be cancelled, and whose people hear of what is done. */
export function reached<One extends Known>(events: readonly One[], reach: Reach): One[] {
  return changed(events, reach).filter((event) => isOn(event, reach.now));
}

function isOn(event: Known, now: Date): boolean {
  return (event.status === "published" || event.status === "closed") && !isOver(event, now);
}

/** Everyone with a place, in line or undecided; who is in several events is counted in each. */
export function peopleIn(events: readonly Known[]): number {
  return events
    .map(
      ({ seatsTaken, waitlistLength, pendingCount = 0 }) =>
        seatsTaken + waitlistLength + pendingCount,
    )
    .reduce((sum, count) => sum + count, 0);
}

/** How many are decided on because they need no approval any more. */
export function admittedBy({ approval }: Change, events: readonly Known[]): number {
  if (approval !== false) return 0;
  return events
    .filter((event) => event.approval)
    .reduce((sum, { pendingCount = 0 }) => sum + pendingCount, 0);
}

/** How many of those who wait a change of the capacity moves up, at most. */
export function promotedBy({ capacity }: Change, events: readonly Known[]): number {
  if (capacity === undefined) return 0;
  return events
    .map((event) => {
      const free = capacity - Math.max(event.capacity, event.seatsTaken);
      return Math.min(event.waitlistLength, Math.max(0, free));
    })
    .reduce((sum, count) => sum + count, 0);
}

import type { QueryClient } from "@tanstack/react-query";
import type { Event } from "@tsudoi/shared/events.ts";
import type { LiveSeats } from "@tsudoi/shared/live-seats.ts";
import { SECOND } from "@tsudoi/shared/time.ts";
import type { Queries } from "#web/api.ts";
import { takeInSeats, withSeats } from "./take-in-seats.ts";

/** An edit is read again by everybody who watches: not in the same moment. */
const SPREAD_MS = 2 * SECOND;

export type SeatNews = { takeIn: (seats: LiveSeats) => void; readAgain: () => void };

type Source = { queryClient: QueryClient; queries: Queries };

/** What a message means for what the tab shows. */
export function createSeatNews({ queryClient, queries }: Source): SeatNews {
  const versions = new Map<string, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function readAgain(): void {
    clearTimeout(timer);
    timer = undefined;
    void queryClient.invalidateQueries({ queryKey: queries.events.pathKey() });
    void queryClient.invalidateQueries({ queryKey: queries.registrations.pathKey() });
  }

  /** An edit says more than its seats, and to who waits for one so may the seats. */
  function isMore(seats: LiveSeats): boolean {
    const { eventId, version } = seats;
    const queryKey = queries.events.get.queryKey({ eventId });
    const event = queryClient.getQueryData(queryKey);
    const isEdited = (versions.get(eventId) ?? event?.version ?? version) !== version;
    if (isEdited || event === undefined) return isEdited;
    // The answer that is on its way may be older, and would stay.
    const isOnItsWay = queryClient.isFetching({ queryKey, exact: true }) > 0;
    return isOnItsWay ? withSeats(event, seats) !== event : mayBeOwn(event, seats);
  }

  return {
    readAgain,
    takeIn(seats) {
      if (isMore(seats)) timer ??= setTimeout(readAgain, Math.random() * SPREAD_MS);
      versions.set(seats.eventId, seats.version);
      takeInSeats({ queryClient, queries }, seats);
    },
  };
}

/**
 * Whether the seats that the tab shows changed by more than others who joined the end of the line: for who is in line, by
 * anything else; for who waits for a decision, where a seat or the line is another.
 */
function mayBeOwn(event: Event, { seq, seatsTaken, waitlistLength }: LiveSeats): boolean {
  const longer = waitlistLength - event.waitlistLength;
  if (event.myStatus === "waitlisted") return seq - (event.seq ?? seq) !== longer;
  if (event.myStatus !== "pending" && event.myStatus !== "offered") return false;
  return seatsTaken !== event.seatsTaken || longer !== 0;
}

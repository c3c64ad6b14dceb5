import type { QueryClient } from "@tanstack/react-query";
import type { LiveSeats } from "@tsudoi/shared/live-seats.ts";
import type { RegistrationStatus } from "@tsudoi/shared/registrations.ts";
import { SECOND } from "@tsudoi/shared/time.ts";
import type { Queries } from "#web/api.ts";
import { takeInSeats } from "./take-in-seats.ts";

/** An edit is read again by everybody who watches: not in the same moment. */
const SPREAD_MS = 2 * SECOND;

export type SeatNews = { takeIn: (seats: LiveSeats) => void; readAgain: () => void };

type Source = { queryClient: QueryClient; queries: Queries };

/** What a message means for what the tab shows. */
export function createSeatNews({ queryClient, queries }: Source): SeatNews {
  const known = new Map<string, LiveSeats>();
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
    const event = queryClient.getQueryData(queries.events.get.queryKey({ eventId }));
    const before = known.get(eventId);
    const isEdited = (before?.version ?? event?.version ?? version) !== version;
    return isEdited || (before !== undefined && mayBeOwn(event?.myStatus, before, seats));
  }

  return {
    readAgain,
    takeIn(seats) {
      if (isMore(seats)) timer ??= setTimeout(readAgain, Math.random() * SPREAD_MS);
      known.set(seats.eventId, seats);
      takeInSeats({ queryClient, queries }, seats);
    },
  };
}

/** Who is in line has moved up, or has a seat, when the line is shorter; who waits for a decision, when a seat or the line is another. */
function mayBeOwn(
  status: RegistrationStatus | undefined,
  before: LiveSeats,
  { seatsTaken, waitlistLength }: LiveSeats,
): boolean {
  if (status === "waitlisted") return waitlistLength < before.waitlistLength;
  if (status !== "pending" && status !== "offered") return false;
  return seatsTaken !== before.seatsTaken || waitlistLength !== before.waitlistLength;
}

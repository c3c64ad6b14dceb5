import type { Query, QueryClient } from "@tanstack/react-query";
import type { Event, EventSummary } from "@tsudoi/shared/events.ts";
import type { LiveSeats } from "@tsudoi/shared/live-seats.ts";
import { SECOND } from "@tsudoi/shared/time.ts";
import type { Queries } from "#web/api.ts";
import { awaitsDraw } from "./event-state.ts";
import { takeInSeats } from "./take-in-seats.ts";

/** What many may have to read again is read by all who watch: not in the same moment. */
const SPREAD_MS = { soon: 2 * SECOND, later: 30 * SECOND };

type When = keyof typeof SPREAD_MS;

export type SeatNews = { takeIn: (seats: LiveSeats) => void; readAgain: () => void };

type Source = { queryClient: QueryClient; queries: Queries };

/** What a message means for what the tab shows. */
export function createSeatNews({ queryClient, queries }: Source): SeatNews {
  const cache = queryClient.getQueryCache();
  const versions = new Map<string, number>();
  /** What was told while an answer was on its way, which may be older. */
  const meanwhile = new WeakMap<Query, Map<string, LiveSeats>>();
  let planned: { when: When; timer: ReturnType<typeof setTimeout> } | undefined;

  function readAgain(): void {
    clearTimeout(planned?.timer);
    planned = undefined;
    void queryClient.invalidateQueries({ queryKey: queries.events.pathKey() });
    void queryClient.invalidateQueries({ queryKey: queries.registrations.pathKey() });
  }

  function plan(when: When): void {
    if (planned?.when === "soon" || planned?.when === when) return;
    clearTimeout(planned?.timer);
    const waitMs = SPREAD_MS[when] * (0.25 + Math.random() * 0.75);
    planned = { when, timer: setTimeout(readAgain, waitMs) };
  }

  function takeIn(seats: LiveSeats): void {
    const { eventId, version } = seats;
    const event = queryClient.getQueryData(queries.events.get.queryKey({ eventId }));
    if ((versions.get(eventId) ?? event?.version ?? version) !== version) plan("soon");
    versions.set(eventId, version);
    for (const query of cache.findAll({ fetchStatus: "fetching" })) {
      meanwhile.set(query, (meanwhile.get(query) ?? new Map()).set(eventId, seats));
    }
    for (const shown of takeInSeats({ queryClient, queries }, seats)) {
      const when = whenToRead(shown, seats);
      if (when) plan(when);
    }
  }

  cache.subscribe(({ type, query, ...news }) => {
    if (type !== "updated" || query.state.fetchStatus === "fetching") return;
    const told = meanwhile.get(query);
    meanwhile.delete(query);
    if (told === undefined || !("action" in news) || news.action.type !== "success") return;
    const { id, version } = (query.state.data ?? {}) as Partial<Event>;
    if (id !== undefined && version !== undefined) versions.set(id, version);
    for (const seats of told.values()) takeIn(seats);
  });

  return { readAgain, takeIn };
}

/**
 * When to read again what somebody was shown with other seats: where a draw has given them, or their own place may be
 * another. Who waits learns of anything but others who came behind them; what becomes of few and looks like what many do is
 * read later.
 */
function whenToRead(shown: EventSummary, { seq, seatsTaken, waitlistLength }: LiveSeats) {
  const taken = seatsTaken - shown.seatsTaken;
  const longer = waitlistLength - shown.waitlistLength;
  const changes = shown.seq === undefined ? Math.abs(taken) + Math.abs(longer) : seq - shown.seq;
  if (changes <= 0) return undefined;
  if (awaitsDraw(shown) && taken > 0) return "soon";
  switch (shown.myStatus) {
    case "waitlisted":
    case "offered":
      return changes === longer ? undefined : "soon";
    case "pending":
      return taken === 0 && longer === 0 ? "later" : "soon";
    case "confirmed":
      return changes === taken + longer ? undefined : "later";
    default:
      return undefined;
  }
}

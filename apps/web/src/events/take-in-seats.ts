import type { InfiniteData, Query, QueryClient } from "@tanstack/react-query";
import type { Event, EventPage, EventSummary } from "@tsudoi/shared/events.ts";
import type { LiveSeats } from "@tsudoi/shared/live-seats.ts";
import type { Queries } from "#web/api.ts";

type Pages = InfiniteData<EventPage> | EventPage;

/** Puts an event's seats into everything that shows it; the rest of it stays as old as it is. */
export function takeInSeats(
  { queryClient, queries }: { queryClient: QueryClient; queries: Queries },
  seats: LiveSeats,
): void {
  const cache = queryClient.getQueryCache();
  const put = <Data>(query: Query, change: (data: Data) => Data) => {
    const { dataUpdatedAt, isInvalidated } = query.state;
    const data = query.state.data as Data | undefined;
    const changed = data === undefined ? undefined : change(data);
    if (changed === undefined || changed === data) return;
    queryClient.setQueryData(query.queryKey, changed, { updatedAt: dataUpdatedAt });
    // What was to be read again still is.
    if (isInvalidated) query.invalidate();
  };
  const one = { queryKey: queries.events.get.queryKey({ eventId: seats.eventId }) };
  for (const query of cache.findAll(one)) put<Event>(query, (event) => withSeq(event, seats));
  const lists = { queryKey: queries.events.list.pathKey() };
  for (const query of cache.findAll(lists)) put<Pages>(query, (data) => inPages(data, seats));
}

/** Who is told of every change learns of those that leave its seats as they are, too. */
function withSeq(shown: Event, seats: LiveSeats): Event {
  const { seq = seats.seq } = shown;
  // What was read after the message was written knows more.
  if (seq > seats.seq) return shown;
  const event = withSeats(shown, seats);
  return seq < seats.seq ? { ...event, seq: seats.seq } : event;
}

/** The event itself where nothing about it is new, so that nothing is drawn again. */
export function withSeats<Shown extends EventSummary>(event: Shown, seats: LiveSeats): Shown {
  const { status, capacity, seatsTaken, waitlistLength } = seats;
  const isSame =
    event.status === status &&
    event.capacity === capacity &&
    event.seatsTaken === seatsTaken &&
    event.waitlistLength === waitlistLength;
  return isSame ? event : { ...event, status, capacity, seatsTaken, waitlistLength };
}

function inPages<Data extends Pages>(data: Data, seats: LiveSeats): Data {
  if (!("pages" in data)) return inPage(data, seats) as Data;
  const pages = data.pages.map((page) => inPage(page, seats));
  return pages.every((page, index) => page === data.pages[index]) ? data : { ...data, pages };
}

function inPage(page: EventPage, seats: LiveSeats): EventPage {
  const items = page.items.map((event) =>
    event.id === seats.eventId ? withSeats(event, seats) : event,
  );
  return items.every((event, index) => event === page.items[index]) ? page : { ...page, items };
}

import type { InfiniteData, Query, QueryClient } from "@tanstack/react-query";
import type { Event, EventSummary } from "@tsudoi/shared/events.ts";
import type { LiveSeats } from "@tsudoi/shared/live-seats.ts";
import type { Page } from "@tsudoi/shared/paging.ts";
import type { MyRegistration } from "@tsudoi/shared/registrations.ts";
import type { Queries } from "#web/api.ts";

type Pages<Item> = InfiniteData<Page<Item>> | Page<Item>;

/** Puts an event's seats into everything that shows it, and gives what that was; the rest of it stays as old as it is. */
export function takeInSeats(
  { queryClient, queries }: { queryClient: QueryClient; queries: Queries },
  seats: LiveSeats,
): EventSummary[] {
  const cache = queryClient.getQueryCache();
  const shown: EventSummary[] = [];
  const put = <Data>(query: Query, change: (data: Data) => Data) => {
    const { dataUpdatedAt, isInvalidated } = query.state;
    const data = query.state.data as Data | undefined;
    const before = shown.length;
    const changed = data === undefined ? undefined : change(data);
    // Nobody sees it before it is read again.
    if (isInvalidated && !query.isActive()) shown.splice(before);
    if (changed === undefined || changed === data) return;
    queryClient.setQueryData(query.queryKey, changed, { updatedAt: dataUpdatedAt });
    // What was to be read again still is.
    if (isInvalidated) query.invalidate();
  };
  const inEvent = <Shown extends EventSummary>(event: Shown) => {
    if (event.id !== seats.eventId) return event;
    shown.push(event);
    return withSeq(event, seats);
  };
  const inMine = (mine: MyRegistration) => {
    const event = inEvent(mine.event);
    return event === mine.event ? mine : { ...mine, event };
  };
  const { events, registrations } = queries;
  const one = { queryKey: events.get.queryKey({ eventId: seats.eventId }) };
  for (const query of cache.findAll(one)) put<Event>(query, inEvent);
  for (const query of cache.findAll({ queryKey: events.list.pathKey() }))
    put<Pages<EventSummary>>(query, (data) => inPages(data, inEvent));
  for (const query of cache.findAll({ queryKey: registrations.listMine.pathKey() }))
    put<Pages<MyRegistration>>(query, (data) => inPages(data, inMine));
  return shown;
}

/** Who is told of every change learns of those that leave its seats as they are, too. */
function withSeq<Shown extends EventSummary>(shown: Shown, seats: LiveSeats): Shown {
  const { seq = seats.seq } = shown;
  // What was read after the message was written knows more.
  if (seq > seats.seq) return shown;
  const event = withSeats(shown, seats);
  return seq < seats.seq ? { ...event, seq: seats.seq } : event;
}

/** The event itself where nothing about it is new, so that nothing is drawn again. */
function withSeats<Shown extends EventSummary>(event: Shown, seats: LiveSeats): Shown {
  const { status, capacity, seatsTaken, waitlistLength } = seats;
  const isSame =
    event.status === status &&
    event.capacity === capacity &&
    event.seatsTaken === seatsTaken &&
    event.waitlistLength === waitlistLength;
  return isSame ? event : { ...event, status, capacity, seatsTaken, waitlistLength };
}

function inPages<Item>(data: Pages<Item>, change: (item: Item) => Item): Pages<Item> {
  if (!("pages" in data)) return inPage(data, change);
  const pages = data.pages.map((page) => inPage(page, change));
  return pages.every((page, index) => page === data.pages[index]) ? data : { ...data, pages };
}

function inPage<Item>(page: Page<Item>, change: (item: Item) => Item): Page<Item> {
  const items = page.items.map(change);
  return items.every((item, index) => item === page.items[index]) ? page : { ...page, items };
}

import { useInfiniteQuery } from "@tanstack/react-query";
import type { EventScope, EventSummary } from "@tsudoi/shared/events.ts";
import type { ReactNode } from "react";
import { ListPages } from "#web/shell/list-pages.tsx";
import { useTexts } from "#web/texts/texts.tsx";
import { EventDays } from "./event-days.tsx";
import { useEventListOptions } from "./event-queries.ts";
import type { EventSearch } from "./event-search.ts";

type Props = {
  search: EventSearch;
  scope: EventScope;
  empty: ReactNode;
  chip?: (event: EventSummary) => ReactNode;
};

export function EventPages({ search, scope, empty, chip }: Props) {
  const { texts } = useTexts();
  const list = useInfiniteQuery(useEventListOptions(search, scope));
  return (
    <ListPages list={list} rows={5} empty={empty} shown={texts.events.shown}>
      {(events) => (
        <EventDays
          events={events}
          to={scope === "organizing" ? "management" : "page"}
          chip={chip}
        />
      )}
    </ListPages>
  );
}

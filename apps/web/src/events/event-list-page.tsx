import { getRouteApi } from "@tanstack/react-router";
import { formatDate } from "@tsudoi/shared/dates.ts";
import { CalendarSearch } from "lucide-react";
import { useTexts } from "#web/texts/texts.tsx";
import { useToday } from "#web/time/use-now.ts";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { LinkButton } from "#web/ui/link-button.tsx";
import { Skeleton } from "#web/ui/skeleton.tsx";
import { DateFilter, EventFilters, ScopeFilter } from "./event-filters.tsx";
import { EventPages } from "./event-pages.tsx";
import { type EventSearch, isFiltered, isOneDay, shownList } from "./event-search.ts";
import { MonthCalendar } from "./month-calendar.tsx";
import { NextTicket } from "./next-ticket.tsx";
import "./event-list-page.css";

const route = getRouteApi("/shell/");

export function EventListPage() {
  const { texts } = useTexts();
  const search = route.useSearch();
  const heading = useHeading(search);
  return (
    <div className="page event-list-page">
      <title>{texts.app.title(heading)}</title>
      <section aria-labelledby="list-title">
        <div className="list-head">
          <h1 id="list-title">{heading}</h1>
          <ScopeFilter search={search} />
          <DateFilter search={search} />
        </div>
        <EventFilters search={search} />
        <EventPages {...shownList(search)} empty={<NothingFound search={search} />} />
      </section>
      <aside aria-label={texts.nextTicket.title}>
        <NextTicket />
        <MonthCalendar from={search.from} to={search.to} />
      </aside>
    </div>
  );
}

/** Until it is known what stands above the list, nothing does: it would jump. */
export function EventListPending() {
  const { texts } = useTexts();
  return (
    <div className="page">
      <Skeleton label={texts.shell.loading} rows={5} shape="card" isLate />
    </div>
  );
}

function useHeading({ text, scope, from, to }: EventSearch): string {
  const { locale, texts } = useTexts();
  const today = useToday();
  if (text) return texts.events.found(text);
  if (from && from === to) {
    const year = from.slice(0, 4) !== today.slice(0, 4);
    return texts.events.on(formatDate(`${from}T00:00:00Z`, { timeZone: "UTC", locale, year }));
  }
  return scope === "mine" ? texts.events.titleMine : texts.events.titleOpen;
}

function NothingFound({ search }: { search: EventSearch }) {
  const { texts } = useTexts();
  const { scope } = search;
  const icon = <CalendarSearch />;
  const t = isOneDay(search)
    ? { title: texts.events.emptyDayTitle, body: texts.events.emptyDayBody }
    : { title: texts.events.emptyFilteredTitle, body: texts.events.emptyFilteredBody };
  if (isFiltered(search)) {
    return (
      <EmptyState
        icon={icon}
        title={t.title}
        action={
          <LinkButton tone="quiet" to="/" search={{ scope }}>
            {texts.events.clear}
          </LinkButton>
        }
      >
        {t.body}
      </EmptyState>
    );
  }
  if (scope === "mine") {
    return (
      <EmptyState
        icon={icon}
        title={texts.events.emptyMineTitle}
        action={<LinkButton to="/">{texts.events.browse}</LinkButton>}
      >
        {texts.events.emptyMineBody}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={icon} title={texts.events.emptyTitle}>
      {texts.events.emptyBody}
    </EmptyState>
  );
}

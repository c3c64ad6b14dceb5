import { Link } from "@tanstack/react-router";
import { formatDate } from "@tsudoi/shared/dates.ts";
import { CalendarDays, X } from "lucide-react";
import { Localized, useTexts } from "#web/texts/texts.tsx";
import { Pill, Pills } from "#web/ui/pills.tsx";
import { useCategories } from "./event-queries.ts";
import { type EventSearch, isFiltered } from "./event-search.ts";
import { MonthCalendar } from "./month-calendar.tsx";
import "./event-filters.css";

const on = { resetScroll: false, activeOptions: { exact: true } };

export function EventFilters({ search }: { search: EventSearch }) {
  const { texts } = useTexts();
  const categories = useCategories();
  const { category: _category, ...withoutCategory } = search;
  const { scope } = search;
  return (
    <div className="filters">
      <Pills label={texts.events.categories}>
        <Pill to="/" search={withoutCategory} {...on}>
          {texts.events.all}
        </Pill>
        {categories?.map(({ slug, name }) => (
          <Pill key={slug} to="/" search={{ ...search, category: slug }} {...on}>
            <Localized text={name} />
          </Pill>
        ))}
      </Pills>
      <UnseenFilters search={search} />
      {isFiltered(search) && (
        <Link to="/" search={{ scope }} className="pill-clear" resetScroll={false}>
          <X aria-hidden="true" />
          {texts.events.clear}
        </Link>
      )}
    </div>
  );
}

/** What only the address says: named, and each cleared by itself. */
function UnseenFilters({ search }: { search: EventSearch }) {
  const { locale, texts } = useTexts();
  const categories = useCategories();
  const { category, status, from, to } = search;
  const t = texts.events.filter;
  const date = (day: string) => formatDate(`${day}T00:00:00Z`, { timeZone: "UTC", locale });
  const isKnown = categories?.some(({ slug }) => slug === category) ?? true;
  const isRange = from !== to;
  return [
    category && !isKnown && { name: "category", label: t.category(category) },
    status && { name: "status", label: t.status[status] },
    isRange && from && { name: "from", label: t.from(date(from)) },
    isRange && to && { name: "to", label: t.to(date(to)) },
  ].map(
    (filter) =>
      filter && (
        <Link
          key={filter.name}
          to="/"
          search={{ ...search, [filter.name]: undefined }}
          className="pill-clear"
          resetScroll={false}
          aria-label={t.remove(filter.label)}
        >
          <X aria-hidden="true" />
          {filter.label}
        </Link>
      ),
  );
}

/** Everything open, or what one has registered for. */
export function ScopeFilter({ search }: { search: EventSearch }) {
  const { texts } = useTexts();
  const { scope: _scope, ...withoutScope } = search;
  return (
    <Pills look="segments" label={texts.events.scope}>
      <Pill to="/" search={withoutScope} {...on}>
        {texts.events.scopeOpen}
      </Pill>
      <Pill to="/" search={{ ...search, scope: "mine" }} {...on}>
        {texts.events.scopeMine}
      </Pill>
    </Pills>
  );
}

/** The calendar where there is no room beside the list. */
export function DateFilter({ search }: { search: EventSearch }) {
  const { texts } = useTexts();
  return (
    <details className="by-date">
      <summary>
        <CalendarDays aria-hidden="true" />
        {texts.calendar.find}
      </summary>
      <MonthCalendar from={search.from} to={search.to} />
    </details>
  );
}

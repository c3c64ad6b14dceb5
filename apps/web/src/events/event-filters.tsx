import { Link } from "@tanstack/react-router";
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
      {isFiltered(search) && (
        <Link to="/" search={{ scope }} className="pill-clear" resetScroll={false}>
          <X aria-hidden="true" />
          {texts.events.clear}
        </Link>
      )}
    </div>
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

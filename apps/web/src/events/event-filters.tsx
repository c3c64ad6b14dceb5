import { Link } from "@tanstack/react-router";
import { CalendarDays, X } from "lucide-react";
import { Localized, useTexts } from "#web/texts/texts.tsx";
import { useCategories } from "./event-queries.ts";
import type { EventSearch } from "./event-search.ts";
import { MonthCalendar } from "./month-calendar.tsx";
import "./event-filters.css";

/** Every filter is a link, so that a filtered list can be kept and sent. */
export function EventFilters({ search }: { search: EventSearch }) {
  const { texts } = useTexts();
  const { scope: _scope, ...withoutScope } = search;
  const { category: _category, ...withoutCategory } = search;
  const { from, to, text, category } = search;
  const filtered = [from, to, text, category].some((filter) => filter !== undefined);
  return (
    <div className="filters">
      <div className="segments" role="group" aria-label={texts.events.scope}>
        <Pill to={withoutScope} isOn={search.scope === undefined}>
          {texts.events.scopeOpen}
        </Pill>
        <Pill to={{ ...search, scope: "mine" }} isOn={search.scope === "mine"}>
          {texts.events.scopeMine}
        </Pill>
      </div>
      <div className="pills" role="group" aria-label={texts.events.categories}>
        <Pill to={withoutCategory} isOn={category === undefined}>
          {texts.events.all}
        </Pill>
        <CategoryPills search={search} />
        {filtered && (
          <Link to="/" search={search.scope ? { scope: search.scope } : {}} className="pill-clear">
            <X aria-hidden="true" />
            {texts.events.clear}
          </Link>
        )}
      </div>
      <details className="by-date">
        <summary>
          <CalendarDays aria-hidden="true" />
          {texts.calendar.find}
        </summary>
        <MonthCalendar from={from} to={to} />
      </details>
    </div>
  );
}

function CategoryPills({ search }: { search: EventSearch }) {
  const categories = useCategories();
  return categories?.map(({ slug, name }) => (
    <Pill key={slug} to={{ ...search, category: slug }} isOn={search.category === slug}>
      <Localized text={name} />
    </Pill>
  ));
}

type PillProps = { to: EventSearch; isOn: boolean; children: React.ReactNode };

function Pill({ to, isOn, children }: PillProps) {
  return (
    <Link
      to="/"
      search={to}
      className="pill"
      resetScroll={false}
      aria-current={isOn ? "true" : undefined}
    >
      {children}
    </Link>
  );
}

import { useNavigate } from "@tanstack/react-router";
import type { EventSummary } from "@tsudoi/shared/events.ts";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useRef, useState } from "react";
import { useTexts } from "#web/texts/texts.tsx";
import { dayOf, formatDate, formatMonth, weekdayNames } from "#web/time/format.ts";
import { addMonths, readerZone } from "#web/time/zoned.ts";
import { useMonthEvents } from "./event-queries.ts";
import { moveDay, weeksOf } from "./month-grid.ts";
import "#web/ui/card.css";
import "./month-calendar.css";

type Props = { from: string | undefined; to: string | undefined };

/** A month with its events' days marked; a day narrows the list to itself, and pressed again widens it. */
export function MonthCalendar({ from, to }: Props) {
  const { locale, texts } = useTexts();
  const today = dayOf(new Date().toISOString(), readerZone());
  const [month, setMonth] = useState((from ?? today).slice(0, 7));
  const counts = countByDay(useMonthEvents(month, readerZone()));
  return (
    <section className="month-calendar card" aria-label={texts.calendar.title}>
      <div className="month-head">
        <h2 aria-live="polite">{formatMonth(month, locale)}</h2>
        <button
          type="button"
          aria-label={texts.calendar.previous}
          onClick={() => setMonth(addMonths(month, -1))}
        >
          <ChevronLeft aria-hidden="true" />
        </button>
        <button
          type="button"
          aria-label={texts.calendar.next}
          onClick={() => setMonth(addMonths(month, 1))}
        >
          <ChevronRight aria-hidden="true" />
        </button>
      </div>
      <MonthGrid key={month} {...{ month, setMonth, counts, today, from, to }} />
    </section>
  );
}

type GridProps = Props & {
  month: string;
  setMonth: (month: string) => void;
  counts: Map<string, number>;
  today: string;
};

function MonthGrid({ month, setMonth, counts, today, from, to }: GridProps) {
  const { locale, texts } = useTexts();
  const navigate = useNavigate();
  const table = useRef<HTMLTableElement>(null);
  const first = today.startsWith(month) ? today : `${month}-01`;
  const [focused, setFocused] = useState(from?.startsWith(month) ? from : first);
  const isChosen = (day: string) => from !== undefined && from === to && day === from;

  function choose(day: string): void {
    void navigate({
      to: "/",
      search: ({ from: _from, to: _to, ...rest }) =>
        isChosen(day) ? rest : { ...rest, from: day, to: day },
      resetScroll: false,
    });
  }
  function onKeyDown(event: React.KeyboardEvent): void {
    const next = moveDay(focused, event.key);
    if (!next) return;
    event.preventDefault();
    if (!next.startsWith(month)) return setMonth(next.slice(0, 7));
    setFocused(next);
    table.current?.querySelector<HTMLElement>(`[data-day="${next}"]`)?.focus();
  }

  return (
    <table ref={table} role="grid" aria-label={formatMonth(month, locale)} onKeyDown={onKeyDown}>
      <thead>
        <tr>
          {weekdayNames(locale).map(({ short, long }) => (
            <th key={long} scope="col" abbr={long}>
              {short}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week) => (
          <tr key={week[0]}>
            {week.map((day) => (
              <td key={day} aria-selected={isChosen(day)}>
                {day.startsWith(month) && (
                  <button
                    type="button"
                    data-day={day}
                    data-has={counts.has(day) || undefined}
                    tabIndex={day === focused ? 0 : -1}
                    aria-current={day === today ? "date" : undefined}
                    aria-label={dayLabel(day)}
                    onFocus={() => setFocused(day)}
                    onClick={() => choose(day)}
                  >
                    {Number(day.slice(8))}
                  </button>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );

  function dayLabel(day: string): string {
    const date = formatDate(`${day}T00:00:00Z`, { timeZone: "UTC", locale });
    const count = counts.get(day) ?? 0;
    return count === 0 ? date : `${date}, ${texts.calendar.count(count)}`;
  }
}

/** By the reader's days, as the filter counts them. */
function countByDay(events: EventSummary[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const event of events) {
    const day = dayOf(event.startsAt, readerZone());
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  return counts;
}

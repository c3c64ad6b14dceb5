import { useNavigate } from "@tanstack/react-router";
import {
  dayOf,
  firstWeekday,
  formatDate,
  formatMonth,
  weekdayNames,
} from "@tsudoi/shared/dates.ts";
import type { EventSummary } from "@tsudoi/shared/events.ts";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTexts } from "#web/texts/texts.tsx";
import { useToday } from "#web/time/use-now.ts";
import { addMonths, readerZone } from "#web/time/zoned.ts";
import { useMonthEvents } from "./event-queries.ts";
import { moveDay, weeksOf } from "./month-grid.ts";
import "#web/ui/card.css";
import "./month-calendar.css";

type Props = { from: string | undefined; to: string | undefined };

/** A month with its events' days marked; a day narrows the list to itself, and pressed again widens it. */
export function MonthCalendar({ from, to }: Props) {
  const { locale, texts } = useTexts();
  const today = useToday();
  const [cursor, setCursor] = useState(from ?? today);
  const month = cursor.slice(0, 7);
  const { events, isCut } = useMonthEvents(month, readerZone());
  const counts = countByDay(events);
  const turn = (months: number) => {
    const turned = addMonths(month, months);
    setCursor(today.startsWith(turned) ? today : `${turned}-01`);
  };
  return (
    <section className="month-calendar card" aria-label={texts.calendar.title}>
      <div className="month-head">
        <h2 aria-live="polite">{formatMonth(month, locale)}</h2>
        <button type="button" aria-label={texts.calendar.previous} onClick={() => turn(-1)}>
          <ChevronLeft aria-hidden="true" />
        </button>
        <button type="button" aria-label={texts.calendar.next} onClick={() => turn(1)}>
          <ChevronRight aria-hidden="true" />
        </button>
      </div>
      <MonthGrid {...{ cursor, setCursor, counts, today, from, to }} />
      {isCut && <p className="month-cut faint">{texts.calendar.cut(events.length)}</p>}
    </section>
  );
}

type GridProps = Props & {
  cursor: string;
  setCursor: (day: string) => void;
  counts: Map<string, number>;
  today: string;
};

function MonthGrid({ cursor, setCursor, counts, today, from, to }: GridProps) {
  const { locale, texts } = useTexts();
  const navigate = useNavigate();
  const table = useCursor(cursor, setCursor, firstWeekday(locale));
  const month = cursor.slice(0, 7);
  const isChosen = (day: string) => from === day && to === day;

  function choose(day: string): void {
    setCursor(day);
    void navigate({
      to: "/",
      search: ({ from: _from, to: _to, ...rest }) =>
        isChosen(day) ? rest : { ...rest, from: day, to: day },
      resetScroll: false,
    });
  }

  return (
    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid of days is a table.
    <table {...table} role="grid" aria-label={formatMonth(month, locale)}>
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
        {weeksOf(month, firstWeekday(locale)).map((week) => (
          <tr key={week[0]}>
            {week.map((day) => (
              <td key={day}>
                {day.startsWith(month) && (
                  <button
                    type="button"
                    data-day={day}
                    data-has={counts.has(day) || undefined}
                    tabIndex={day === cursor ? 0 : -1}
                    aria-pressed={isChosen(day)}
                    aria-current={day === today ? "date" : undefined}
                    aria-label={dayLabel(day)}
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

/** One stop for the tab key; arrows move on from it, into the next month too, and take the focus along. */
function useCursor(cursor: string, setCursor: (day: string) => void, first: number) {
  const ref = useRef<HTMLTableElement>(null);
  const moved = useRef(false);
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    ref.current?.querySelector<HTMLElement>(`[data-day="${cursor}"]`)?.focus();
  }, [cursor]);
  function onKeyDown(event: KeyboardEvent): void {
    const next = moveDay(cursor, event.key, first);
    if (!next) return;
    event.preventDefault();
    moved.current = true;
    setCursor(next);
  }
  return { ref, onKeyDown };
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

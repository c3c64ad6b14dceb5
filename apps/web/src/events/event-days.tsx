import { dayOf, dayParts, formatDate } from "@tsudoi/shared/dates.ts";
import type { EventSummary } from "@tsudoi/shared/events.ts";
import type { ReactNode } from "react";
import { useTexts } from "#web/texts/texts.tsx";
import { isOtherYear } from "#web/time/format.ts";
import { useToday } from "#web/time/use-now.ts";
import { addDays, readerZone } from "#web/time/zoned.ts";
import { EventCard, type LeadsTo } from "./event-card.tsx";
import "./event-days.css";

type Day = { key: string; events: [EventSummary, ...EventSummary[]] };

type Props = {
  events: EventSummary[];
  to?: LeadsTo;
  /** What else a card says of its event. */
  chip?: ((event: EventSummary) => ReactNode) | undefined;
};

/** Events under the reader's days, as the filter and the calendar count them. */
export function EventDays({ events, to = "page", chip }: Props) {
  return (
    <ol className="event-days">
      {groupByDay(events).map((day) => (
        <li key={day.events[0].id} className="event-day">
          <DayHead event={day.events[0]} />
          <ul>
            {day.events.map((event) => (
              <li key={event.id}>
                <EventCard event={event} to={to} chip={chip?.(event)} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

function DayHead({ event: { startsAt } }: { event: EventSummary }) {
  const { locale, texts } = useTexts();
  const today = useToday();
  const timeZone = readerZone();
  const { day, month, year, weekday, weekdayNumber } = dayParts(startsAt, { timeZone, locale });
  const otherYear = isOtherYear(startsAt) && <span>{year}</span>;
  const shown = dayOf(startsAt, timeZone);
  const near = { [today]: texts.events.today, [addDays(today, 1)]: texts.events.tomorrow }[shown];
  return (
    <h2 className="day-head" data-weekday={weekdayNumber}>
      <span className="visually-hidden">{formatDate(startsAt, { timeZone, locale })}</span>
      <span aria-hidden="true">
        <b>{day}</b>
        {locale === "ja" && otherYear}
        <span>{locale === "ja" ? `${month} ${weekday}` : `${weekday} · ${month}`}</span>
        {locale === "en" && otherYear}
        {near && <em>{near}</em>}
      </span>
    </h2>
  );
}

/** Neighbours of one day stand together; the order of the list stays. */
function groupByDay(events: EventSummary[]): Day[] {
  const days: Day[] = [];
  for (const event of events) {
    const key = dayOf(event.startsAt, readerZone());
    const last = days.at(-1);
    if (last?.key === key) last.events.push(event);
    else days.push({ key, events: [event] });
  }
  return days;
}

import { Link } from "@tanstack/react-router";
import type { Event, EventSummary } from "@tsudoi/shared/events.ts";
import { ChevronDown, ChevronLeft, ChevronRight, Layers } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { BookingChip } from "#web/events/event-chips.tsx";
import { useManageTexts } from "#web/texts/manage.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { datedTimes } from "#web/time/format.ts";
import { LinkButton } from "#web/ui/link-button.tsx";
import { useSeries } from "./use-series.ts";
import "./series-nav.css";

/** Where an event stands in its series, and the way to the others: the one before, the one after, and any. */
export function SeriesNav({ event }: { event: Event }) {
  const { series: t } = useManageTexts();
  const events = useSeries(event);
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  if (events === undefined) return <div className="series-nav" />;
  const place = events.findIndex(({ id }) => id === event.id);
  // Who helps with this one alone has no others to go to.
  if (place < 0 || events.length < 2) return <p className="series-nav faint">{t.part}</p>;
  return (
    <nav className="series-nav" aria-label={t.label}>
      <button
        type="button"
        className="series-place"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <Layers aria-hidden="true" />
        {t.place(place + 1, events.length)}
        <ChevronDown aria-hidden="true" />
      </button>
      <Step to={events[place - 1]}>
        <ChevronLeft aria-hidden="true" />
        {t.previous}
      </Step>
      <Step to={events[place + 1]}>
        {t.next}
        <ChevronRight aria-hidden="true" />
      </Step>
      <ol id={id} hidden={!isOpen}>
        {events.map((one) => (
          <li key={one.id}>
            <OneOf event={one} isHere={one.id === event.id} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

function OneOf({ event, isHere }: { event: EventSummary; isHere: boolean }) {
  const { locale } = useTexts();
  return (
    <Link
      to="/organize/events/$eventId"
      params={{ eventId: event.id }}
      {...(isHere ? { "aria-current": "true" } : {})}
    >
      {datedTimes(event, locale).own}
      <BookingChip event={event} />
    </Link>
  );
}

function Step({ to, children }: { to: EventSummary | undefined; children: ReactNode }) {
  if (to === undefined) return null;
  return (
    <LinkButton
      to="/organize/events/$eventId"
      params={{ eventId: to.id }}
      tone="ghost"
      size="small"
    >
      {children}
    </LinkButton>
  );
}

import { Link, useRouterState } from "@tanstack/react-router";
import { formatTimes } from "@tsudoi/shared/dates.ts";
import type { EventSummary } from "@tsudoi/shared/events.ts";
import { Localized, useTexts, Written } from "#web/texts/texts.tsx";
import { zoneIfOther } from "#web/time/format.ts";
import { EventChips } from "./event-chips.tsx";
import { placeOf } from "./event-place.ts";
import { Seats } from "./seats.tsx";
import "#web/ui/card.css";
import "#web/ui/link-card.css";
import "./event-card.css";

/** One event in a list. The whole card is the link; its name is the title. */
export function EventCard({ event }: { event: EventSummary }) {
  const path = `/events/${event.id}`;
  const cameFrom = useRouterState({ select: (state) => state.resolvedLocation?.pathname === path });
  return (
    <article
      className="event-card link-card card"
      {...(cameFrom ? { "data-opened": "" } : {})}
      onClickCapture={markOpened}
    >
      <div className="event-card-main">
        <div className="event-card-chips">
          <EventChips event={event} />
        </div>
        <h3>
          <Link to="/events/$eventId" params={{ eventId: event.id }}>
            <Localized text={event.title} />
          </Link>
        </h3>
        <EventMeta event={event} />
      </div>
      <Seats event={event} />
    </article>
  );
}

export function EventMeta({ event }: { event: EventSummary }) {
  const { locale, texts } = useTexts();
  const { timeZone, startsAt, department } = event;
  const place = placeOf(event, texts);
  return (
    <p className="event-meta">
      <span>
        {formatTimes(event, locale)}
        {zoneIfOther(startsAt, timeZone, locale)}
      </span>
      {place && <Written text={place} />}
      {department && (
        <span>
          <Localized text={department} />
        </span>
      )}
    </p>
  );
}

/** The opened card's title grows into the page's: only one card of a list may carry the name. */
function markOpened({ currentTarget }: { currentTarget: HTMLElement }): void {
  for (const card of document.querySelectorAll(".event-card[data-opened]")) {
    card.removeAttribute("data-opened");
  }
  currentTarget.setAttribute("data-opened", "");
}

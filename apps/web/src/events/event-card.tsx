import { Link, useRouterState } from "@tanstack/react-router";
import type { EventSummary } from "@tsudoi/shared/events.ts";
import type { ReactNode } from "react";
import { Localized, useTexts, Written } from "#web/texts/texts.tsx";
import { timesUnderDay } from "#web/time/format.ts";
import { CoverPicture } from "./cover-picture.tsx";
import { EventChips } from "./event-chips.tsx";
import { placeOf } from "./event-place.ts";
import { Seats } from "./seats.tsx";
import "#web/ui/card.css";
import "#web/ui/link-card.css";
import "./event-card.css";

/** Those who organise an event come to its management. */
export type LeadsTo = "page" | "management";

const PATHS = { page: "/events/$eventId", management: "/organize/events/$eventId" } as const;

type Props = { event: EventSummary; to: LeadsTo; chip?: ReactNode };

/** One event in a list. The whole card is the link; its name is the title. */
export function EventCard({ event, to, chip }: Props) {
  const path = PATHS[to].replace("$eventId", event.id);
  const cameFrom = useRouterState({ select: (state) => state.resolvedLocation?.pathname === path });
  return (
    <article
      className="event-card link-card card"
      {...(cameFrom ? { "data-opened": "" } : {})}
      {...(event.cover ? { "data-covered": "" } : {})}
      onClickCapture={markOpened}
    >
      {event.cover && <CoverPicture cover={event.cover} className="event-card-cover" lazy />}
      <div className="event-card-main">
        <div className="event-card-chips">
          <EventChips event={event} />
          {chip}
        </div>
        <h3>
          <Link to={PATHS[to]} params={{ eventId: event.id }}>
            <Localized text={event.title} />
          </Link>
        </h3>
        <EventMeta event={event} />
      </div>
      <Seats event={event} />
    </article>
  );
}

/** Stands under the reader's day. */
export function EventMeta({ event }: { event: EventSummary }) {
  const { locale, texts } = useTexts();
  const { department } = event;
  const times = timesUnderDay(event, locale);
  const place = placeOf(event, texts);
  return (
    <p className="event-meta">
      <span>{times.own}</span>
      {times.readers && <span>{texts.events.readersTime(times.readers)}</span>}
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

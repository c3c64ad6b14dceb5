import { Link } from "@tanstack/react-router";
import { dayParts, formatDate } from "@tsudoi/shared/dates.ts";
import { isOver } from "@tsudoi/shared/events.ts";
import type { MyRegistration } from "@tsudoi/shared/registrations.ts";
import { EventMeta } from "#web/events/event-card.tsx";
import { CategoryChip } from "#web/events/event-chips.tsx";
import { Localized, useTexts } from "#web/texts/texts.tsx";
import { isOtherYear } from "#web/time/format.ts";
import { useNow } from "#web/time/use-now.ts";
import { readerZone } from "#web/time/zoned.ts";
import { Chip } from "#web/ui/chip.tsx";
import { Ticket } from "#web/ui/ticket.tsx";
import { StatusChip } from "./status-chip.tsx";
import "#web/ui/link-card.css";
import "./registration-row.css";

/** One registration as a ticket: when, what, in which state, with which number. */
export function RegistrationRow({ registration }: { registration: MyRegistration }) {
  const { locale, texts } = useTexts();
  const { event, status, position, number } = registration;
  const { startsAt } = event;
  const timeZone = readerZone();
  const { day, month, year, weekday } = dayParts(startsAt, { timeZone, locale });
  const now = useNow([event.endsAt]);
  const isOff = event.status === "cancelled";
  const isAdmitted = status === "confirmed" && !isOff && !isOver(event, now);
  return (
    <article className="registration-row link-card">
      <Ticket
        across
        tone={isAdmitted ? "accent" : "quiet"}
        stub={
          <p className="row-date">
            <span className="visually-hidden">{formatDate(startsAt, { timeZone, locale })}</span>
            <span aria-hidden="true">
              {isOtherYear(startsAt) && <small>{year}</small>}
              <small>{month}</small>
              <b>{day}</b>
              <small>{weekday}</small>
            </span>
          </p>
        }
      >
        <div className="row-body">
          <div>
            <div className="event-card-chips">
              <StatusChip status={status} position={position} />
              {isOff && <Chip tone="bad">{texts.events.cancelled}</Chip>}
              <CategoryChip category={event.category} />
            </div>
            <h2>
              <Link to="/events/$eventId" params={{ eventId: event.id }}>
                <Localized text={event.title} />
              </Link>
            </h2>
            <EventMeta event={event} />
          </div>
          <p className={isAdmitted ? "row-number" : "row-number minor"}>
            <small>{texts.register.number}</small>
            <b>{number}</b>
          </p>
        </div>
      </Ticket>
    </article>
  );
}

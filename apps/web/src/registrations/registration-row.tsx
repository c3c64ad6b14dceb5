import { Link } from "@tanstack/react-router";
import { dayParts, formatDate } from "@tsudoi/shared/dates.ts";
import { isOver } from "@tsudoi/shared/events.ts";
import type { MyRegistration } from "@tsudoi/shared/registrations.ts";
import { useId } from "react";
import { EventMeta } from "#web/events/event-card.tsx";
import { CategoryChip } from "#web/events/event-chips.tsx";
import { awaitsDraw } from "#web/events/event-state.ts";
import { useLiveSeats } from "#web/events/use-live-seats.ts";
import { LinkedText } from "#web/links/linked-text.tsx";
import { useAttendTexts } from "#web/texts/attend.ts";
import { Localized } from "#web/texts/texts.tsx";
import { formatMoment, isOtherYear } from "#web/time/format.ts";
import { useNow } from "#web/time/use-now.ts";
import { readerZone } from "#web/time/zoned.ts";
import { Chip } from "#web/ui/chip.tsx";
import { Ticket } from "#web/ui/ticket.tsx";
import { isLive } from "./booking.ts";
import { RowActions } from "./row-actions.tsx";
import { StatusChip } from "./status-chip.tsx";
import "#web/ui/link-card.css";
import "./registration-row.css";

type Props = {
  registration: MyRegistration;
  /** Something was done about it: its buttons may be gone, and so may be the whole row. */
  onDone: () => void;
};

/** One registration as a ticket: when, what, in which state, with which number. */
export function RegistrationRow({ registration, onDone }: Props) {
  const { locale, texts } = useAttendTexts();
  const { event, status, position, number } = registration;
  const { startsAt } = event;
  const headingId = useId();
  const timeZone = readerZone();
  const { day, month, year, weekday } = dayParts(startsAt, { timeZone, locale });
  const now = useNow([event.endsAt]);
  const isOff = event.status === "cancelled";
  const isComing = !isOff && !isOver(event, now);
  const isAdmitted = status === "confirmed" && isComing;
  const place = useLiveSeats<HTMLElement>(isComing && isLive(status) ? event.id : undefined);
  return (
    <article
      ref={place}
      data-registration={registration.id}
      className={isOff ? "registration-row link-card off" : "registration-row link-card"}
    >
      <Ticket
        across
        tone={isAdmitted || (status === "offered" && isComing) ? "accent" : "quiet"}
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
              {isOff && <Chip tone="bad">{texts.events.cancelled}</Chip>}
              {!(isOff && status === "cancelled") && (
                <StatusChip status={status} position={position} awaitsDraw={awaitsDraw(event)} />
              )}
              <CategoryChip category={event.category} />
            </div>
            <h3 id={headingId}>
              <Link to="/events/$eventId" params={{ eventId: event.id }}>
                <Localized text={event.title} />
              </Link>
            </h3>
            <EventMeta event={event} />
            <Remarks registration={registration} />
          </div>
          <p className={isAdmitted ? "row-number" : "row-number minor"}>
            <small>{texts.register.number}</small>
            <b>{number}</b>
          </p>
        </div>
        {isComing && isLive(status) && (
          <RowActions
            registration={{ ...registration, status }}
            headingId={headingId}
            onDone={onDone}
          />
        )}
      </Ticket>
    </article>
  );
}

/** What one should know beside the status: when seats are drawn, or what the organisers said. */
function Remarks({ registration }: { registration: MyRegistration }) {
  const { locale, texts } = useAttendTexts();
  const { event, status, reason } = registration;
  const { drawAt, timeZone } = event;
  if (reason !== undefined) {
    return (
      <p className="row-remark">
        {texts.attend.reason}: <LinkedText text={reason} />
      </p>
    );
  }
  if (status !== "pending" || !awaitsDraw(event) || drawAt === null) return null;
  return (
    <p className="row-remark">
      {texts.events.lotteryOn(formatMoment(drawAt, { timeZone, locale }))}
    </p>
  );
}

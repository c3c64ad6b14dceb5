import { type Event, isOver, type OwnRegistration } from "@tsudoi/shared/events.ts";
import { CircleCheck, Clock, Hourglass } from "lucide-react";
import { useEffect, useRef } from "react";
import { AddToCalendar } from "#web/calendars/add-to-calendar.tsx";
import { useAttendTexts } from "#web/texts/attend.ts";
import { formatMoment } from "#web/time/format.ts";
import { useNow } from "#web/time/use-now.ts";
import { LinkButton } from "#web/ui/link-button.tsx";
import { Ticket } from "#web/ui/ticket.tsx";
import { isLive } from "./booking.ts";
import { GiveBack } from "./give-back.tsx";
import { JoinOnline } from "./join-online.tsx";
import { OfferAnswer } from "./offer-answer.tsx";
import { type Moment, wordsFor } from "./registration-words.ts";
import { TicketFacts } from "./ticket-facts.tsx";
import type { OwnActions } from "./use-own-actions.ts";
import "./registration-ticket.css";

type Props = {
  event: Event;
  registration: OwnRegistration;
  /** Just made, or just turned into this: it takes the focus and is read out. */
  isNew: boolean;
  actions: OwnActions;
};

/** One's own registration of this event: what it is, what comes next, and what one can do about it. */
export function RegistrationTicket({ event, registration, isNew, actions }: Props) {
  const { texts } = useAttendTexts();
  const moment = useMoment(event, isNew);
  const facts = useFacts(event, registration);
  const { status, id } = registration;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isNew) heading.current?.focus();
  }, [isNew]);
  const { title, next } = wordsFor(status, moment, { facts, texts });
  const isComing = moment === "new" || moment === "later";
  const isAdmitted = status === "confirmed" && isComing;
  const isOffer = status === "offered" && isComing && !facts.isLapsed;
  const isStrong = isAdmitted || isOffer;
  return (
    <div className={isNew ? "registration-ticket new" : "registration-ticket"}>
      <Ticket
        tone={isStrong ? "accent" : "quiet"}
        stub={
          <h2 ref={heading} tabIndex={-1}>
            <Sign status={status} />
            {title}
          </h2>
        }
      >
        <TicketFacts event={event} registration={registration} isAdmitted={isAdmitted} />
        {next !== "" && <p className="muted">{next}</p>}
        {isOffer && <OfferAnswer event={event} registration={registration} actions={actions} />}
        {isAdmitted && <JoinOnline event={event} />}
        {isAdmitted && <AddToCalendar registrationId={id} />}
        {!isOffer && (
          <LinkButton tone="quiet" size="small" wide to="/registrations">
            {texts.register.mine}
          </LinkButton>
        )}
        {isComing && isLive(status) && status !== "offered" && (
          <GiveBack event={event} registration={{ id, status }} actions={actions} />
        )}
      </Ticket>
    </div>
  );
}

function Sign({ status }: Pick<OwnRegistration, "status">) {
  if (status === "confirmed") return <CircleCheck aria-hidden="true" />;
  return status === "offered" ? <Clock aria-hidden="true" /> : <Hourglass aria-hidden="true" />;
}

/** What of the event decides how a registration is told. */
function useFacts(event: Event, { offerExpiresAt }: OwnRegistration) {
  const { locale } = useAttendTexts();
  const { drawAt, timeZone } = event;
  const now = useNow([...(drawAt ? [drawAt] : []), ...(offerExpiresAt ? [offerExpiresAt] : [])]);
  const isToCome = drawAt !== null && now < new Date(drawAt);
  return {
    ...event,
    drawOn: isToCome ? formatMoment(drawAt, { timeZone, locale }) : undefined,
    isLapsed: offerExpiresAt !== undefined && now >= new Date(offerExpiresAt),
  };
}

/** Where a registration stands between the click and the end of the event; without an event there is no ticket. */
function useMoment(event: Event, isNew: boolean): Moment {
  const now = useNow([event.endsAt]);
  if (isOver(event, now)) return "over";
  return isNew ? "new" : "later";
}

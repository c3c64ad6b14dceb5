import { type Event, isOver } from "@tsudoi/shared/events.ts";
import { CircleCheck, Hourglass } from "lucide-react";
import { useEffect, useRef } from "react";
import { AddToCalendar } from "#web/calendars/add-to-calendar.tsx";
import { useTexts } from "#web/texts/texts.tsx";
import { useNow } from "#web/time/use-now.ts";
import { LinkButton } from "#web/ui/link-button.tsx";
import { Ticket } from "#web/ui/ticket.tsx";
import { type Moment, wordsFor } from "./registration-words.ts";
import "./registration-ticket.css";

type Mine = NonNullable<Event["myRegistration"]>;

type Props = { event: Event; registration: Mine; isNew: boolean };

/** One's own registration of this event; a new one takes the focus and is read out. */
export function RegistrationTicket({ event, registration, isNew }: Props) {
  const { texts } = useTexts();
  const moment = useMoment(event, isNew);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isNew) heading.current?.focus();
  }, [isNew]);
  const { title, next } = wordsFor(registration.status, moment, texts);
  const isConfirmed = registration.status === "confirmed";
  const isAdmitted = isConfirmed && (moment === "new" || moment === "later");
  return (
    <div className={isNew ? "registration-ticket new" : "registration-ticket"}>
      <Ticket
        tone={isAdmitted ? "accent" : "quiet"}
        stub={
          <h2 ref={heading} tabIndex={-1}>
            {isConfirmed ? <CircleCheck aria-hidden="true" /> : <Hourglass aria-hidden="true" />}
            {title}
          </h2>
        }
      >
        <dl>
          {registration.position !== undefined && (
            <div>
              <dt>{texts.register.positionLabel}</dt>
              <dd>{texts.register.position(registration.position)}</dd>
            </div>
          )}
          <div className={isAdmitted ? undefined : "minor"}>
            <dt>{texts.register.number}</dt>
            <dd>{registration.number}</dd>
          </div>
        </dl>
        <p className="muted">{next}</p>
        {isAdmitted && <AddToCalendar registrationId={registration.id} />}
        <LinkButton tone="quiet" size="small" wide to="/registrations">
          {texts.register.mine}
        </LinkButton>
      </Ticket>
    </div>
  );
}

/** Where a registration stands between the click and the end of the event. */
function useMoment(event: Event, isNew: boolean): Moment {
  const now = useNow([event.endsAt]);
  if (event.status === "cancelled") return "cancelled";
  if (isOver(event, now)) return "over";
  return isNew ? "new" : "later";
}

import type { Event } from "@tsudoi/shared/events.ts";
import { CircleCheck, Hourglass } from "lucide-react";
import { useEffect, useRef } from "react";
import { type Texts, useTexts } from "#web/texts/texts.tsx";
import { LinkButton } from "#web/ui/link-button.tsx";
import { Ticket } from "#web/ui/ticket.tsx";
import "./registration-ticket.css";

type Mine = NonNullable<Event["myRegistration"]>;

/** One's own registration of this event; a new one takes the focus and is read out. */
export function RegistrationTicket({
  registration,
  isNew,
}: {
  registration: Mine;
  isNew: boolean;
}) {
  const { texts } = useTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isNew) heading.current?.focus();
  }, [isNew]);
  const { title, next } = wordsFor(registration.status, isNew, texts);
  const isConfirmed = registration.status === "confirmed";
  return (
    <div className={isNew ? "registration-ticket new" : "registration-ticket"}>
      <Ticket
        tone={isConfirmed ? "accent" : "quiet"}
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
          <div>
            <dt>{texts.register.number}</dt>
            <dd>{registration.number}</dd>
          </div>
        </dl>
        <p className="muted">{next}</p>
        <LinkButton tone="quiet" size="small" wide to="/registrations">
          {texts.register.mine}
        </LinkButton>
      </Ticket>
    </div>
  );
}

function wordsFor(status: Mine["status"], isNew: boolean, { register: t, status: words }: Texts) {
  switch (status) {
    case "confirmed":
      return { title: isNew ? t.confirmedTitle : t.haveConfirmed, next: t.confirmedNext };
    case "waitlisted":
      return { title: isNew ? t.waitlistedTitle : t.haveWaitlisted, next: t.waitlistedNext };
    case "pending":
      return { title: isNew ? t.pendingTitle : t.havePending, next: t.pendingNext };
    case "offered":
      return { title: t.offeredTitle, next: t.offeredNext };
    case "cancelled":
    case "rejected":
    case "declined":
    case "expired":
      return { title: words[status], next: "" };
  }
}

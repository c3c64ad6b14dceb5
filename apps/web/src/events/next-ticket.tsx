import { Localized, useTexts } from "#web/texts/texts.tsx";
import { formatSpan } from "#web/time/format.ts";
import { LinkButton } from "#web/ui/link-button.tsx";
import { Ticket } from "#web/ui/ticket.tsx";
import { useUpcomingRegistrations } from "#web/registrations/registration-queries.ts";
import { placeOf } from "./event-place.ts";
import "./next-ticket.css";

/** What one holds in the hand: the next event one has a seat at. */
export function NextTicket() {
  const { locale, texts } = useTexts();
  const upcoming = useUpcomingRegistrations();
  const next = upcoming?.find(({ status }) => status === "confirmed");
  if (!upcoming) return null;
  if (!next) {
    return (
      <div className="no-ticket">
        <strong>{texts.nextTicket.emptyTitle}</strong>
        <p>{texts.nextTicket.emptyBody}</p>
      </div>
    );
  }
  const place = placeOf(next.event, texts);
  return (
    <section className="next-ticket" aria-labelledby="next-ticket-title">
      <Ticket
        stub={
          <>
            <small>{texts.nextTicket.title}</small>
            <h2 id="next-ticket-title">
              <Localized text={next.event.title} />
            </h2>
            <p>{formatSpan(next.event, locale, { year: false })}</p>
          </>
        }
      >
        <dl>
          <dt>{texts.nextTicket.number}</dt>
          <dd>{next.number}</dd>
          {place && (
            <>
              <dt>{texts.nextTicket.place}</dt>
              <dd>{place}</dd>
            </>
          )}
        </dl>
        <LinkButton
          tone="quiet"
          size="small"
          wide
          to="/events/$eventId"
          params={{ eventId: next.event.id }}
        >
          {texts.nextTicket.open}
        </LinkButton>
      </Ticket>
    </section>
  );
}

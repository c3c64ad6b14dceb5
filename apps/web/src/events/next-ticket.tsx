import { Link } from "@tanstack/react-router";
import { useUpcomingRegistrations } from "#web/registrations/registration-queries.ts";
import { Localized, useTexts, Written } from "#web/texts/texts.tsx";
import { datedTimes } from "#web/time/format.ts";
import { buttonClass } from "#web/ui/button.tsx";
import { Ticket } from "#web/ui/ticket.tsx";
import { placeOf } from "./event-place.ts";
import "#web/ui/link-card.css";
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
  const times = datedTimes(next.event, locale);
  return (
    <section className="next-ticket link-card" aria-labelledby="next-ticket-title">
      <Ticket
        stub={
          <>
            <small>{texts.nextTicket.title}</small>
            <h2 id="next-ticket-title">
              <Link to="/events/$eventId" params={{ eventId: next.event.id }}>
                <Localized text={next.event.title} />
              </Link>
            </h2>
            <p>{times.own}</p>
            {times.readers && <p>{texts.events.readersTime(times.readers)}</p>}
          </>
        }
      >
        <dl>
          <div>
            <dt>{texts.nextTicket.number}</dt>
            <dd>{next.number}</dd>
          </div>
          {place && (
            <div>
              <dt>{texts.nextTicket.place}</dt>
              <dd>
                <Written text={place} />
              </dd>
            </div>
          )}
        </dl>
        <span className="next-ticket-open" aria-hidden="true">
          <span className={buttonClass({ tone: "quiet", size: "small", wide: true })}>
            {texts.nextTicket.open}
          </span>
        </span>
      </Ticket>
    </section>
  );
}

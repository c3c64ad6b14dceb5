import { Link } from "@tanstack/react-router";
import type { MyRegistration } from "@tsudoi/shared/registrations.ts";
import { useUpcomingRegistrations } from "#web/registrations/registration-queries.ts";
import { Localized, useTexts, Written } from "#web/texts/texts.tsx";
import { datedTimes, formatMoment } from "#web/time/format.ts";
import { useNow } from "#web/time/use-now.ts";
import { buttonClass } from "#web/ui/button.tsx";
import { Ticket } from "#web/ui/ticket.tsx";
import { placeOf } from "./event-place.ts";
import "#web/ui/link-card.css";
import "./next-ticket.css";

/** What one holds in the hand: a seat that waits for one's reply, else the next event one has a seat at. */
export function NextTicket() {
  const { locale, texts } = useTexts();
  const { nextTicket: t } = texts;
  const upcoming = useUpcomingRegistrations();
  const offered = useOffered(upcoming);
  const next = offered ?? upcoming?.find(({ status }) => status === "confirmed");
  if (!upcoming) return null;
  if (!next) {
    return (
      <div className="no-ticket">
        <strong>{t.emptyTitle}</strong>
        <p>{t.emptyBody}</p>
      </div>
    );
  }
  const until = offered?.offerExpiresAt;
  const place = placeOf(next.event, texts);
  const times = datedTimes(next.event, locale);
  return (
    <section className="next-ticket link-card" aria-labelledby="next-ticket-title">
      <Ticket
        stub={
          <>
            <small>{until ? texts.register.offeredTitle : t.title}</small>
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
            <dt>{until ? t.until : t.number}</dt>
            <dd>{until ? formatMoment(until, { ...next.event, locale }) : next.number}</dd>
          </div>
          {place && (
            <div>
              <dt>{t.place}</dt>
              <dd>
                <Written text={place} />
              </dd>
            </div>
          )}
        </dl>
        <span className="next-ticket-open" aria-hidden="true">
          <span className={buttonClass({ tone: "quiet", size: "small", wide: true })}>
            {t.open}
          </span>
        </span>
      </Ticket>
    </section>
  );
}

/** The seat that is held, while it is. */
function useOffered(upcoming: MyRegistration[] | undefined): MyRegistration | undefined {
  const offered = upcoming?.find(({ status }) => status === "offered");
  const until = offered?.offerExpiresAt ?? "";
  return useNow([until]).toISOString() < until ? offered : undefined;
}

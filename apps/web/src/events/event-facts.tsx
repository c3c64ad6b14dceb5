import { formatSpan, zoneName } from "@tsudoi/shared/dates.ts";
import { bookingState, type Event, type EventSummary, isOver } from "@tsudoi/shared/events.ts";
import { personName } from "@tsudoi/shared/person-name.ts";
import { Building2, CalendarClock, ExternalLink, MapPin } from "lucide-react";
import type { ReactNode } from "react";
import { Localized, useTexts, Written } from "#web/texts/texts.tsx";
import { readersTimes } from "#web/time/format.ts";
import { useNow } from "#web/time/use-now.ts";
import { readerZone } from "#web/time/zoned.ts";
import { placeOf, siteOf } from "./event-place.ts";
import "./event-facts.css";

type Props = {
  event: EventSummary;
  details: Event | undefined;
  /** The reader's ticket has the way in. */
  isJoinedElsewhere?: boolean;
};

/** When, where, who, until when. */
export function EventFacts({ event, details, isJoinedElsewhere = false }: Props) {
  return (
    <dl className="event-facts">
      <When event={event} />
      <Where event={event} details={details} isJoinedElsewhere={isJoinedElsewhere} />
      <Host event={event} details={details} />
    </dl>
  );
}

function Fact({ icon, term, children }: { icon: ReactNode; term: string; children: ReactNode }) {
  return (
    <div className="fact">
      {icon}
      <dt className="visually-hidden">{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function When({ event }: { event: EventSummary }) {
  const { locale, texts } = useTexts();
  const { startsAt, timeZone } = event;
  const readers = readersTimes(event, locale);
  return (
    <Fact icon={<CalendarClock aria-hidden="true" />} term={texts.event.when}>
      <b>{formatSpan(event, locale)}</b>
      {readers && <small>{zoneName(timeZone, startsAt, locale)}</small>}
      {readers && (
        <small>{texts.event.yourTime(readers, zoneName(readerZone(), startsAt, locale))}</small>
      )}
    </Fact>
  );
}

function Where({ event, details, isJoinedElsewhere }: Props) {
  const { texts } = useTexts();
  const [place, site] = [placeOf(event, texts), siteOf(event, texts)];
  const now = useNow([event.registrationClosesAt, event.endsAt]);
  if (!place) return null;
  const isToCome = event.status !== "cancelled" && !isOver(event, now);
  const link = isToCome && !isJoinedElsewhere ? details?.onlineUrl : undefined;
  const isPromised = isToCome && !link && event.online && mayBeConfirmed(event, now);
  return (
    <Fact icon={<MapPin aria-hidden="true" />} term={texts.event.where}>
      <b>
        <Written text={link || isPromised ? (site ?? place) : place} />
      </b>
      {isPromised && <small>{site ? texts.event.alsoOnline : texts.event.onlineOnly}</small>}
      {link && (
        <a className="text-link" href={link} target="_blank" rel="noreferrer">
          {texts.event.join}
          <ExternalLink aria-hidden="true" />
          <span className="visually-hidden">({texts.shell.opensNewTab})</span>
        </a>
      )}
    </Fact>
  );
}

/** Whether a confirmed registration, and with it the link, can still come. */
function mayBeConfirmed(event: EventSummary, now: Date): boolean {
  const { myStatus } = event;
  return myStatus === undefined ? bookingState(event, now) !== "closed" : myStatus !== "confirmed";
}

function Host({ event, details }: Props) {
  const { texts } = useTexts();
  const people = details?.organizers ?? [];
  if (!event.department && people.length === 0) return null;
  return (
    <Fact icon={<Building2 aria-hidden="true" />} term={texts.event.host}>
      {event.department && (
        <b>
          <Localized text={event.department} />
        </b>
      )}
      {people.length > 0 && (
        <small>
          {texts.event.hostedBy} <Names people={people} />
        </small>
      )}
    </Fact>
  );
}

/** Joined as the reader's language joins names, each in the language it is written in. */
function Names({ people }: { people: Event["organizers"] }) {
  const { locale } = useTexts();
  const list = new Intl.ListFormat(locale, { type: "conjunction" });
  const byId = new Map(people.map((person) => [person.id, person]));
  return list.formatToParts(byId.keys()).map(({ type, value }) => {
    const person = type === "element" ? byId.get(value) : undefined;
    if (!person) return value;
    return <Written key={person.id} text={personName(person)} />;
  });
}

import { type Locale, type Localized, localized } from "@tsudoi/shared/text.ts";
import ical, { ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } from "ical-generator";

export type CalendarFacts = {
  /** The same for every version of one person's entry, so that a later one replaces it. */
  registrationId: string;
  /** Rises with every change of the event. */
  sequence: number;
  title: Localized;
  startsAt: Date;
  endsAt: Date;
  stampedAt: Date;
  place: string | null;
  url: string;
  description: string;
  organizer: { name: string; email: string };
  attendee: { name: string; email: string };
  locale: Locale;
};

/** A calendar entry that mail programs offer to accept; instants in UTC, so that every zone shows its own time. */
export function calendarEntry(facts: CalendarFacts): string {
  const calendar = ical({
    prodId: { company: "tsudoi", product: "tsudoi", language: facts.locale.toUpperCase() },
    method: ICalCalendarMethod.REQUEST,
  });
  calendar.createEvent({
    id: `${facts.registrationId}@tsudoi`,
    sequence: facts.sequence,
    start: facts.startsAt,
    end: facts.endsAt,
    stamp: facts.stampedAt,
    summary: localized(facts.title, facts.locale).text,
    description: facts.description,
    url: facts.url,
    status: ICalEventStatus.CONFIRMED,
    organizer: { ...facts.organizer, name: toParameter(facts.organizer.name) },
    attendees: [
      {
        ...facts.attendee,
        name: toParameter(facts.attendee.name),
        rsvp: false,
        status: ICalAttendeeStatus.ACCEPTED,
      },
    ],
    ...(facts.place === null ? {} : { location: facts.place }),
  });
  return calendar.toString();
}

/** Readers disagree on what a backslash in a quoted parameter escapes, and one of them is the quote that ends it. */
function toParameter(name: string): string {
  return name.replaceAll("\\", "/");
}

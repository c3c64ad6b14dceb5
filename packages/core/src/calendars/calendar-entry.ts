import { type Locale, type Localized, localized } from "@tsudoi/shared/text.ts";
import ical, {
  ICalAttendeeStatus,
  ICalCalendarMethod,
  ICalEventStatus,
  ICalEventTransparency,
} from "ical-generator";

export const CALENDAR_METHODS = ["REQUEST", "CANCEL", "PUBLISH"] as const;
export type CalendarMethod = (typeof CALENDAR_METHODS)[number];

/** What one person's calendar shows of one event. */
export type EntryFacts = {
  /** Names the entry for good: whatever comes later under it replaces what came before. */
  registrationId: string;
  /** The event's `calendarSequence`. */
  sequence: number;
  title: Localized;
  startsAt: Date;
  endsAt: Date;
  /** When this version was made. */
  stampedAt: Date;
  place: string | null;
  url: string;
  description: string;
  /** A seat unless said otherwise; waiting for one keeps no time. */
  status?: "confirmed" | "tentative" | "cancelled";
};

export type CalendarFacts = EntryFacts & {
  /** A mail asks (`REQUEST`) or takes back (`CANCEL`), a file to keep tells (`PUBLISH`). */
  method: CalendarMethod;
  organizer: { name: string; email: string };
  attendee: { name: string; email: string };
  locale: Locale;
};

/**
 * A calendar with one entry. What takes an entry back always counts as later than the entry itself,
 * and a file to keep names nobody: a program would ask them to answer.
 */
export function calendarEntry(facts: CalendarFacts): string {
  const { method, locale, organizer, attendee } = facts;
  const calendar = emptyCalendar(locale, method);
  const entry = calendar.createEvent(
    entryOf(method === "CANCEL" ? { ...facts, status: "cancelled" } : facts, locale),
  );
  entry.organizer({ ...organizer, name: toParameter(organizer.name) });
  if (method !== "PUBLISH") {
    entry.createAttendee({
      ...attendee,
      name: toParameter(attendee.name),
      rsvp: false,
      status: ICalAttendeeStatus.ACCEPTED,
    });
  }
  return `${calendar.toString()}\r\n`;
}

export function emptyCalendar(locale: Locale, method: CalendarMethod) {
  return ical({
    prodId: { company: "tsudoi", product: "tsudoi", language: locale.toUpperCase() },
    method: ICalCalendarMethod[method],
  });
}

/**
 * Instants in UTC: an entry does not recur, so it needs no zone's rules, and a local time
 * could not name the second of the two hours when clocks go back (RFC 5545, 3.3.5).
 */
export function entryOf(facts: EntryFacts, locale: Locale) {
  const { status = "confirmed" } = facts;
  return {
    id: `${facts.registrationId}@tsudoi`,
    sequence: facts.sequence + (status === "cancelled" ? 1 : 0),
    start: facts.startsAt,
    end: facts.endsAt,
    stamp: facts.stampedAt,
    summary: localized(facts.title, locale).text,
    description: facts.description,
    url: facts.url,
    status: STATUS[status],
    transparency:
      status === "confirmed" ? ICalEventTransparency.OPAQUE : ICalEventTransparency.TRANSPARENT,
    location: facts.place,
  };
}

const STATUS = {
  confirmed: ICalEventStatus.CONFIRMED,
  tentative: ICalEventStatus.TENTATIVE,
  cancelled: ICalEventStatus.CANCELLED,
};

/** Readers disagree on what a backslash in a quoted parameter escapes, and one of them is the quote that ends it. */
function toParameter(name: string): string {
  return name.replaceAll("\\", "/");
}

import { type Locale, type Localized, localized } from "@tsudoi/shared/text.ts";
import ical, {
  ICalAttendeeStatus,
  ICalCalendarMethod,
  ICalEventStatus,
  ICalEventTransparency,
} from "ical-generator";
import type { MailAddress } from "#core/platform/mail-address.ts";

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

/** The same in all that one person gets: programs take a change from who sent the entry only. */
export type EntrySender = { organizer: MailAddress; locale: Locale };

/** A mail asks (`REQUEST`) or takes back (`CANCEL`), a file to keep tells (`PUBLISH`). */
type Told = { method: "REQUEST" | "CANCEL"; attendee: MailAddress } | { method: "PUBLISH" };
export type CalendarFacts = EntryFacts & EntrySender & Told;

/**
 * A calendar with one entry. What takes an entry back always counts as later than the entry itself,
 * and a file to keep names nobody: a program would ask them to answer.
 */
export function calendarEntry(facts: CalendarFacts): string {
  const calendar = emptyCalendar(facts.locale, facts.method);
  const told: EntryFacts = facts.method === "CANCEL" ? { ...facts, status: "cancelled" } : facts;
  const entry = calendar.createEvent(entryOf(told, facts));
  if (facts.method !== "PUBLISH") {
    entry.createAttendee({
      ...toPerson(facts.attendee),
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
export function entryOf(facts: EntryFacts, { organizer, locale }: EntrySender) {
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
    organizer: toPerson(organizer),
  };
}

const STATUS = {
  confirmed: ICalEventStatus.CONFIRMED,
  tentative: ICalEventStatus.TENTATIVE,
  cancelled: ICalEventStatus.CANCELLED,
};

/** Readers disagree on what a backslash in a quoted parameter escapes, and one of them is the quote that ends it. */
function toPerson({ name, email }: MailAddress): MailAddress {
  return { name: name.replaceAll("\\", "/"), email };
}

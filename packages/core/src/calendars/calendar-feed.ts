import type { Locale } from "@tsudoi/shared/text.ts";
import { type EntryFacts, type EntrySender, emptyCalendar, entryOf } from "./calendar-entry.ts";

/** Programs that ask to be told ask this often; others at their own pace, some once a day. */
const REFRESH_SECONDS = 3_600;

export type Feed = EntrySender & { entries: EntryFacts[] };

/** One person's calendar, made anew from the same facts without a change in a byte. */
export function calendarFeed(feed: Feed): string {
  const calendar = emptyCalendar(feed.locale, "PUBLISH")
    .name(toText(NAMES[feed.locale](feed.organizer.name)))
    .ttl(REFRESH_SECONDS);
  for (const facts of feed.entries) calendar.createEvent(entryOf(facts, feed));
  return `${calendar.toString()}\r\n`;
}

const NAMES: Record<Locale, (organization: string) => string> = {
  ja: (organization) => `${organization} のイベント`,
  en: (organization) => `${organization} events`,
};

/** A text as RFC 5545 (3.3.11) writes it: the library does so everywhere but in a calendar's name. */
function toText(value: string): string {
  return value.replace(/[\\;,]/g, "\\$&").replace(/\r\n?|\n/g, "\\n");
}

import {
  dayOf,
  formatDate,
  formatSpan,
  formatTime,
  formatTimes,
  sameClock,
  zoneOffset,
} from "@tsudoi/shared/dates.ts";
import type { Locale } from "@tsudoi/shared/text.ts";
import { clock } from "./clock.ts";
import { readerZone } from "./zoned.ts";

// A day that stands alone is the reader's: headings, filters, the calendar. A time is its event's own; where the
// reader's clock differs it names its zone, and the reader's own time stands beside it.

type Span = { startsAt: string; endsAt: string; timeZone: string };

/** What the reader has: a clock, and the year it is. */
export type Reader = { timeZone: string; now: number };

const thisReader = (): Reader => ({ timeZone: readerZone(), now: clock.now() });

/** 11月25日(水) 18:00 / Wed 25 Nov, 18:00; where the reader's clock differs, with the zone. */
export function formatMoment(
  instant: string,
  { timeZone, locale }: { timeZone: string; locale: Locale },
  reader = thisReader(),
): string {
  const year = isOtherYear(instant, { ...reader, timeZone });
  const date = formatDate(instant, { timeZone, locale, year });
  const moment = date + (locale === "ja" ? " " : ", ") + formatTime(instant, timeZone, locale);
  return sameClock(timeZone, reader.timeZone, instant)
    ? moment
    : `${moment} ${zoneOffset(timeZone, instant)}`;
}

/** An event's times under the reader's day: its own, dated where its day is another one, and the reader's. */
export function timesUnderDay(span: Span, locale: Locale, reader = thisReader()) {
  if (!isAbroad(span, reader)) return { own: formatTimes(span, locale) };
  const { startsAt, timeZone } = span;
  const own = isSameDay(span, reader)
    ? formatTimes(span, locale)
    : formatSpan(span, locale, { year: isOtherYear(startsAt, { ...reader, timeZone }) });
  return {
    own: `${own} ${zoneOffset(timeZone, startsAt)}`,
    readers: formatTimes(span, locale, reader.timeZone),
  };
}

/** An event's date and times where no day stands above them, and the reader's, dated where the day is another one. */
export function datedTimes(span: Span, locale: Locale, reader = thisReader()) {
  const { startsAt, timeZone } = span;
  const own = formatSpan(span, locale, { year: isOtherYear(startsAt, { ...reader, timeZone }) });
  if (!isAbroad(span, reader)) return { own };
  return {
    own: `${own} ${zoneOffset(timeZone, startsAt)}`,
    readers: readersTimes(span, locale, reader),
  };
}

/** The reader's times, dated where the day is another one than at the event; nothing where the clocks are the same. */
export function readersTimes(
  span: Span,
  locale: Locale,
  reader = thisReader(),
): string | undefined {
  if (!isAbroad(span, reader)) return undefined;
  const { timeZone } = reader;
  if (isSameDay(span, reader)) return formatTimes(span, locale, timeZone);
  const year = isOtherYear(span.startsAt, reader);
  return formatSpan({ ...span, timeZone }, locale, { year });
}

/** A year that goes without saying is not said. */
export function isOtherYear(instant: string, { timeZone, now } = thisReader()): boolean {
  const yearOf = (moment: string) => dayOf(moment, timeZone).slice(0, 4);
  return yearOf(instant) !== yearOf(new Date(now).toISOString());
}

function isSameDay({ startsAt, timeZone }: Span, reader: Reader): boolean {
  return dayOf(startsAt, timeZone) === dayOf(startsAt, reader.timeZone);
}

function isAbroad({ startsAt, endsAt, timeZone }: Span, reader: Reader): boolean {
  return [startsAt, endsAt].some((instant) => !sameClock(timeZone, reader.timeZone, instant));
}

import * as z from "zod/mini";

/** An instant as ISO-8601 in UTC, to the millisecond the database keeps, so that texts compare as times. */
export const Instant = z.iso.datetime().check(
  z.maxLength(30),
  z.overwrite(toMilliseconds),
  // ISO-8601 has a year 0, the calendar of the database has none.
  z.refine((value) => !value.startsWith("0000"), "must be in the year 1 or later"),
);

/** Checks run on after a failed format, so a text that is no instant passes through to its issue. */
function toMilliseconds(value: string): string {
  const time = Date.parse(value);
  return Number.isNaN(time) ? value : new Date(time).toISOString();
}

/** Asks the runtime rather than a list, which would age. */
function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** The years that both instants as texts and the database can write. */
export const FIRST_INSTANT = Date.parse("0001-01-01T00:00:00.000Z");
export const LAST_INSTANT = Date.parse("9999-12-31T23:59:59.999Z");

/** An IANA name; offsets such as +09:00 know nothing of summer time. */
export const TimeZone = z
  .string()
  .check(
    z.minLength(1),
    z.maxLength(64),
    z.regex(/^[A-Za-z]/),
    z.refine(isTimeZone, "not a time zone known here"),
  );

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

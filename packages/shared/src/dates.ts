import type { Locale } from "./text.ts";

type Span = { startsAt: string; endsAt: string; timeZone: string };

const formats = new Map<string, Intl.DateTimeFormat>();

/** Building a format is slow, a list asks for the same few hundreds of times. */
function format(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const tag = locale === "ja" ? "ja-JP" : "en-GB";
  const key = tag + JSON.stringify(options);
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(tag, options);
  formats.set(key, made);
  return made;
}

function parts(instant: string, locale: Locale, options: Intl.DateTimeFormatOptions) {
  const found: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of format(locale, options).formatToParts(new Date(instant))) {
    found[type] = value;
  }
  return found;
}

const DAY = { year: "numeric", month: "numeric", day: "numeric" } as const;

/** The calendar day of an instant in a zone, as YYYY-MM-DD. */
export function dayOf(instant: string, timeZone: string): string {
  const { year = "", month = "", day = "" } = parts(instant, "en", { ...DAY, timeZone });
  return `${year.padStart(4, "0")}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

/** 24 · 11月 · 2026年 · 火曜 / 24 · Nov · 2026 · Tue, with the number of the weekday from Sunday. */
export function dayParts(
  instant: string,
  { timeZone, locale }: { timeZone: string; locale: Locale },
) {
  const isJa = locale === "ja";
  const found = parts(instant, locale, { ...DAY, month: isJa ? "numeric" : "short", timeZone });
  const { day = "", month = "", year = "" } = found;
  const { weekday = "" } = parts(instant, locale, { weekday: "short", timeZone });
  const number = new Date(`${dayOf(instant, timeZone)}T00:00:00Z`).getUTCDay();
  return {
    day,
    month: isJa ? `${month}月` : month,
    year: isJa ? `${year}年` : year,
    weekday: isJa ? `${weekday}曜` : weekday,
    weekdayNumber: number,
  };
}

/** 2026年11月26日(木) / Thu 26 Nov 2026; without the year where the reader has it. */
export function formatDate(
  instant: string,
  { timeZone, locale, year = true }: { timeZone: string; locale: Locale; year?: boolean },
): string {
  const found = parts(instant, locale, {
    year: "numeric",
    month: locale === "ja" ? "numeric" : "short",
    day: "numeric",
    weekday: "short",
    timeZone,
  });
  if (locale === "ja") {
    return `${year ? `${found.year}年` : ""}${found.month}月${found.day}日(${found.weekday})`;
  }
  return `${found.weekday} ${found.day} ${found.month}${year ? ` ${found.year}` : ""}`;
}

/** 9:00 / 09:00 */
export function formatTime(instant: string, timeZone: string, locale: Locale): string {
  const { hour = "", minute = "" } = parts(instant, "en", {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  });
  return `${locale === "ja" ? Number(hour) : hour}:${minute}`;
}

/** 15:00–17:00 / 15:00 – 17:00; an end on another day carries its date. */
export function formatTimes(span: Span, locale: Locale, timeZone = span.timeZone): string {
  const dash = locale === "ja" ? "–" : " – ";
  const from = formatTime(span.startsAt, timeZone, locale);
  const to = formatTime(span.endsAt, timeZone, locale);
  if (dayOf(span.startsAt, timeZone) === dayOf(span.endsAt, timeZone)) return from + dash + to;
  const day = formatDate(span.endsAt, { timeZone, locale, year: false });
  return `${from} – ${day} ${to}`;
}

/** 2026年11月26日(木) 15:00–17:00 / Thu 26 Nov 2026, 15:00 – 17:00 */
export function formatSpan(span: Span, locale: Locale, options: { year?: boolean } = {}): string {
  const date = formatDate(span.startsAt, { timeZone: span.timeZone, locale, ...options });
  return date + (locale === "ja" ? " " : ", ") + formatTimes(span, locale);
}

/** GMT+9: the same in every language, and for every zone. */
export function zoneOffset(timeZone: string, instant: string): string {
  return parts(instant, "en", { timeZone, timeZoneName: "shortOffset" }).timeZoneName ?? timeZone;
}

/** 日本標準時 / Japan Standard Time */
export function zoneName(timeZone: string, instant: string, locale: Locale): string {
  return parts(instant, locale, { timeZone, timeZoneName: "long" }).timeZoneName ?? timeZone;
}

/** 2026年11月 / November 2026, for a month written YYYY-MM. */
export function formatMonth(month: string, locale: Locale): string {
  const options = { year: "numeric", month: "long", timeZone: "UTC" } as const;
  return format(locale, options).format(new Date(`${month}-01T00:00:00Z`));
}

/** The weekday on which a week begins, from Sunday: in Japan Sunday, in Britain Monday. */
export function firstWeekday(locale: Locale): number {
  return locale === "ja" ? 0 : 1;
}

/** The weekdays in a week's order, as short as the language allows without doubt. */
export function weekdayNames(locale: Locale): { short: string; long: string }[] {
  const first = Date.UTC(2026, 0, 4 + firstWeekday(locale));
  return Array.from({ length: 7 }, (_, index) => {
    const day = new Date(first + index * 86_400_000);
    return {
      short: format(locale, { weekday: "short", timeZone: "UTC" }).format(day).slice(0, 2),
      long: format(locale, { weekday: "long", timeZone: "UTC" }).format(day),
    };
  });
}

/** True when both zones show the same clock at that instant, whatever their names. */
export function sameClock(one: string, other: string, instant: string): boolean {
  if (one === other) return true;
  return clock(instant, one) === clock(instant, other);
}

function clock(instant: string, timeZone: string): string {
  return `${dayOf(instant, timeZone)} ${formatTime(instant, timeZone, "en")}`;
}

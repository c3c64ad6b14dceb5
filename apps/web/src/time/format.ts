import { formatDate, formatTime, sameClock, zoneShortName } from "@tsudoi/shared/dates.ts";
import type { Locale } from "@tsudoi/shared/text.ts";
import { readerZone } from "./zoned.ts";

/** 11月25日(水) 18:00 / Wed 25 Nov, 18:00; where the reader's clock differs, with the zone. */
export function formatMoment(instant: string, timeZone: string, locale: Locale): string {
  const date = formatDate(instant, { timeZone, locale, year: false });
  const moment = date + (locale === "ja" ? " " : ", ") + formatTime(instant, timeZone, locale);
  return moment + zoneIfOther(instant, timeZone, locale);
}

/** " JST" / " GMT+9" where the reader's clock differs, else nothing. */
export function zoneIfOther(instant: string, timeZone: string, locale: Locale): string {
  if (sameClock(timeZone, readerZone(), instant)) return "";
  return ` ${zoneShortName(timeZone, instant, locale)}`;
}

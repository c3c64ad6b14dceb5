import { formatDate, formatSpan, formatTime, sameClock, zoneName } from "@tsudoi/shared/dates.ts";
import type { Locale } from "@tsudoi/shared/text.ts";
import type { Fact } from "./letter.ts";
import { WORDS } from "./words.ts";

type Reader = { locale: Locale; timeZone: string };

type Told = Pick<Fact, "value" | "readersTime">;

/** From when to when in the event's zone; whoever lives by another clock reads theirs too. */
export function tellSpan(
  event: { startsAt: Date; endsAt: Date; timeZone: string },
  reader: Reader,
): Told {
  const startsAt = event.startsAt.toISOString();
  const endsAt = event.endsAt.toISOString();
  return inBothZones({ instant: startsAt, timeZone: event.timeZone }, reader, (timeZone) =>
    formatSpan({ startsAt, endsAt, timeZone }, reader.locale),
  );
}

/** An instant in the event's zone, and by the reader's clock where that is another. */
export function tellInstant(instant: Date, timeZone: string, reader: Reader): Told {
  const iso = instant.toISOString();
  const { locale } = reader;
  return inBothZones({ instant: iso, timeZone }, reader, (zone) => {
    const date = formatDate(iso, { timeZone: zone, locale });
    return date + (locale === "ja" ? " " : ", ") + formatTime(iso, zone, locale);
  });
}

function inBothZones(
  { instant, timeZone }: { instant: string; timeZone: string },
  reader: Reader,
  write: (timeZone: string) => string,
): Told {
  const value = write(timeZone);
  if (sameClock(timeZone, reader.timeZone, instant)) return { value };
  return {
    value: `${value} (${zoneName(timeZone, instant, reader.locale)})`,
    readersTime: WORDS[reader.locale].readersTime(write(reader.timeZone)),
  };
}

import { dayParts } from "@tsudoi/shared/dates.ts";
import type { EventSummary } from "@tsudoi/shared/events.ts";
import { localized } from "@tsudoi/shared/text.ts";
import { Localized, useTexts } from "#web/texts/texts.tsx";
import { readerZone } from "#web/time/zoned.ts";
import { DateBlock } from "#web/ui/date-block.tsx";
import { KindChips } from "./event-chips.tsx";

/** Which event it is, and on which day of the reader. */
export function EventHead({ event }: { event: EventSummary }) {
  const { locale, texts } = useTexts();
  const { month, day, weekday } = dayParts(event.startsAt, {
    timeZone: readerZone(),
    locale,
  });
  return (
    <header className="event-head">
      <title>{texts.app.title(localized(event.title, locale).text)}</title>
      <div className="event-head-top">
        <DateBlock month={month} day={day} weekday={weekday} />
        <div className="event-card-chips">
          <KindChips event={event} />
        </div>
      </div>
      <h1>
        <Localized text={event.title} />
      </h1>
    </header>
  );
}

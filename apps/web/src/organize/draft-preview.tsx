import { formatDate } from "@tsudoi/shared/dates.ts";
import { useDeferredValue } from "react";
import { useMe } from "#web/auth/use-session.ts";
import { EventMeta } from "#web/events/event-card.tsx";
import { EventChips } from "#web/events/event-chips.tsx";
import { useCategories } from "#web/events/event-queries.ts";
import { Seats } from "#web/events/seats.tsx";
import { Localized, useTexts } from "#web/texts/texts.tsx";
import { readerZone } from "#web/time/zoned.ts";
import { type EventDraft, previewOf } from "./event-draft.ts";

/** What others will see in the list, while it is being written. */
export function DraftPreview({ draft }: { draft: EventDraft }) {
  const { locale, texts } = useTexts();
  const me = useMe();
  const calm = useDeferredValue(draft);
  const category = useCategories()?.find(({ slug }) => slug === calm.category);
  const event = previewOf(calm, {
    category: category?.name ?? { ja: calm.category, en: calm.category },
    placeholder: texts.organize.previewTitle,
    department: me?.department ?? null,
  });
  const { startsAt } = event;
  const timeZone = readerZone();
  return (
    <aside className="draft-preview" aria-label={texts.organize.preview}>
      <h2>{texts.organize.preview}</h2>
      <p className="faint">{formatDate(startsAt, { timeZone, locale })}</p>
      <div className="event-card card">
        <div className="event-card-main">
          <div className="event-card-chips">
            <EventChips event={event} />
          </div>
          <h3>
            <Localized text={event.title} />
          </h3>
          <EventMeta event={event} />
        </div>
        <Seats event={event} />
      </div>
    </aside>
  );
}

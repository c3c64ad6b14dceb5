import { dayParts } from "@tsudoi/shared/dates.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import { type Locale, localized } from "@tsudoi/shared/text.ts";
import { useDeferredValue, useState } from "react";
import { useMe } from "#web/auth/use-session.ts";
import { CoverPicture } from "#web/events/cover-picture.tsx";
import { EventChips } from "#web/events/event-chips.tsx";
import { EventFacts } from "#web/events/event-facts.tsx";
import { useCategories } from "#web/events/event-queries.ts";
import { Seats } from "#web/events/seats.tsx";
import { LinkedText } from "#web/links/linked-text.tsx";
import { InLanguage } from "#web/texts/in-language.tsx";
import { useManageTexts } from "#web/texts/manage.ts";
import { PreviewLanguage } from "#web/texts/preview-language.tsx";
import { Localized, useTexts } from "#web/texts/texts.tsx";
import { DateBlock } from "#web/ui/date-block.tsx";
import { previewOf } from "./draft-preview-event.ts";
import type { EventDraft } from "./event-draft.ts";
import "#web/events/event-card.css";
import "#web/ui/card.css";
import "./draft-preview.css";

type Props = {
  draft: EventDraft;
  /** As it is without what is being written; absent while it is still to be made. */
  event: Event | undefined;
};

/** The event's page as others will read it, in either language, while it is being written. */
export function DraftPreview({ draft, event: saved }: Props) {
  const { locale: own } = useTexts();
  const { organize: t } = useManageTexts();
  const me = useMe();
  const [locale, setLocale] = useState<Locale>(own);
  const categories = useCategories() ?? [];
  const slug = useDeferredValue(draft.category);
  const event = previewOf(useDeferredValue(draft), {
    category: categories.find((category) => category.slug === slug)?.name ?? { ja: slug, en: slug },
    placeholder: { ja: t.previewTitle, en: t.previewTitle },
    saved,
    author: me,
  });
  return (
    <aside className="draft-preview" aria-label={t.preview}>
      <div className="draft-preview-head">
        <h2>{t.preview}</h2>
        <PreviewLanguage label={t.previewLanguage} value={locale} onChange={setLocale} />
      </div>
      <InLanguage locale={locale}>
        <Page event={event} />
      </InLanguage>
    </aside>
  );
}

function Page({ event }: { event: Event }) {
  const { locale } = useTexts();
  const { organize: t } = useManageTexts();
  const about = localized(event.description, locale);
  const { timeZone, startsAt } = event;
  const { month, day, weekday } = dayParts(startsAt, { timeZone, locale });
  return (
    // It scrolls by keyboard too, where it is longer than its place.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached.
    <section className="preview-page card" aria-label={t.previewPage} tabIndex={0}>
      {event.cover ? (
        <CoverPicture cover={event.cover} className="preview-cover" />
      ) : (
        <div className="preview-cover" />
      )}
      <div className="preview-body">
        <div className="preview-date">
          <DateBlock month={month} day={day} weekday={weekday} />
          <div className="event-card-chips">
            <EventChips event={event} />
          </div>
        </div>
        <h3>
          <Localized text={event.title} />
        </h3>
        {about.text === "" ? (
          <p className="faint">{t.previewDescription}</p>
        ) : (
          <p className="preview-about" {...(about.lang === locale ? {} : { lang: about.lang })}>
            <LinkedText text={about.text} />
          </p>
        )}
        <EventFacts event={event} details={event} />
        <Seats event={{ ...event, status: "draft" }} />
      </div>
    </section>
  );
}

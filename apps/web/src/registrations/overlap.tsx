import type { Event } from "@tsudoi/shared/events.ts";
import { localized } from "@tsudoi/shared/text.ts";
import { overlaps } from "#web/events/event-state.ts";
import { useAttendTexts } from "#web/texts/attend.ts";
import { Notice } from "#web/ui/notice.tsx";
import { useUpcomingRegistrations } from "./registration-queries.ts";

/** Two bookings at one time are allowed; not knowing it is not nice. */
export function Overlap({ event }: { event: Event }) {
  const { locale, texts } = useAttendTexts();
  const { overlap: t } = texts.attend;
  const upcoming = useUpcomingRegistrations() ?? [];
  const clashes = upcoming.filter(
    (mine) => mine.event.id !== event.id && overlaps(mine.event, event),
  );
  if (clashes.length === 0) return null;
  const titles = clashes.map((mine) => localized(mine.event.title, locale).text);
  return (
    <Notice tone="warn" title={t.title}>
      {t.body(titles)}
    </Notice>
  );
}

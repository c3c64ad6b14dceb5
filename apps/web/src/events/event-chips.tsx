import { bookingState, type EventSummary, isOver } from "@tsudoi/shared/events.ts";
import { seatsLeft } from "@tsudoi/shared/registrations.ts";
import { StatusChip } from "#web/registrations/status-chip.tsx";
import { Localized, useTexts } from "#web/texts/texts.tsx";
import { formatMoment } from "#web/time/format.ts";
import { useNow } from "#web/time/use-now.ts";
import { Chip, type ChipTone } from "#web/ui/chip.tsx";
import { missingTitle } from "./event-state.ts";

const CATEGORY_TONES: Record<string, ChipTone> = {
  "all-hands": "accent",
  seminar: "indigo",
  training: "indigo",
};

export function CategoryChip({ category }: Pick<EventSummary, "category">) {
  return (
    <Chip tone={CATEGORY_TONES[category.slug] ?? "neutral"}>
      <Localized text={category.name} />
    </Chip>
  );
}

/** What one should know before opening an event: category, own state, booking state, language. */
export function EventChips({ event }: { event: EventSummary }) {
  const { texts } = useTexts();
  const missing = missingTitle(event);
  return (
    <>
      <CategoryChip category={event.category} />
      {event.myStatus && <StatusChip status={event.myStatus} />}
      <BookingChip event={event} />
      {event.approval && <Chip>{texts.events.approval}</Chip>}
      {missing && <Chip>{texts.events.missing[missing]}</Chip>}
    </>
  );
}

function BookingChip({ event }: { event: EventSummary }) {
  const { locale, texts } = useTexts();
  const { registrationOpensAt, registrationClosesAt, endsAt, timeZone } = event;
  const now = useNow([registrationOpensAt, registrationClosesAt, endsAt]);
  const state = bookingState(event, now);
  if (state === "not_published") return <Chip>{texts.events.draft}</Chip>;
  if (state === "cancelled") return <Chip tone="bad">{texts.events.cancelled}</Chip>;
  if (isOver(event, now)) return <Chip>{texts.events.over}</Chip>;
  if (state === "not_open_yet") {
    const moment = formatMoment(registrationOpensAt, { timeZone, locale });
    return <Chip>{texts.events.opensAt(moment)}</Chip>;
  }
  if (state === "closed") return <Chip>{texts.events.closed}</Chip>;
  // One's own place says more than that others wait too.
  if (seatsLeft(event) > 0 || event.myStatus) return null;
  const { waitlistLength, waitlistMode } = event;
  const waiting = waitlistMode !== "none" && waitlistLength > 0;
  return (
    <Chip tone="warn">
      {waiting ? texts.events.fullWaiting(waitlistLength) : texts.events.full}
    </Chip>
  );
}

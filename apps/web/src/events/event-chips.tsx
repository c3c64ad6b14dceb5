import { bookingState, type EventSummary, isOver } from "@tsudoi/shared/events.ts";
import { seatsLeft } from "@tsudoi/shared/registrations.ts";
import { StatusChip } from "#web/registrations/status-chip.tsx";
import { Localized, useTexts } from "#web/texts/texts.tsx";
import { formatMoment } from "#web/time/format.ts";
import { useNow } from "#web/time/use-now.ts";
import { Chip, type ChipTone } from "#web/ui/chip.tsx";
import { awaitsDraw, missingTitle } from "./event-state.ts";

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
  const { myStatus } = event;
  const isOff = event.status === "cancelled";
  return (
    <>
      <CategoryChip category={event.category} />
      {myStatus && !isOff && <StatusChip status={myStatus} awaitsDraw={awaitsDraw(event)} />}
      <BookingChip event={event} />
      <LotteryChip event={event} />
      {event.approval && <Chip>{texts.events.approval}</Chip>}
      <ReaderChips event={event} />
    </>
  );
}

/** What kind of event it is and for whom; how it stands is told in full beside it. */
export function KindChips({ event }: { event: EventSummary }) {
  return (
    <>
      <CategoryChip category={event.category} />
      <ReaderChips event={event} />
    </>
  );
}

function ReaderChips({ event }: { event: EventSummary }) {
  const { texts } = useTexts();
  const missing = missingTitle(event);
  return (
    <>
      {event.audience !== "everyone" && <Chip>{texts.events.audience[event.audience]}</Chip>}
      {missing && <Chip>{texts.events.missing[missing]}</Chip>}
    </>
  );
}

/** Whether it takes registrations, and what else it is. */
export function BookingChip({ event }: { event: EventSummary }) {
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
  if (seatsLeft(event) > 0 || event.myStatus || awaitsDraw(event)) return null;
  const { waitlistLength, waitlistMode } = event;
  if (waitlistMode === "none") return <Chip tone="warn">{texts.events.full}</Chip>;
  return (
    <Chip tone="warn">
      {waitlistLength > 0 ? texts.events.fullWaiting(waitlistLength) : texts.events.fullJoin}
    </Chip>
  );
}

/** That seats are drawn, and when, while they still are to be. */
function LotteryChip({ event }: { event: EventSummary }) {
  const { locale, texts } = useTexts();
  const { drawAt, timeZone, status, endsAt } = event;
  const now = useNow([endsAt]);
  if (!awaitsDraw(event) || status === "cancelled" || isOver(event, now)) return null;
  const t = texts.events;
  return (
    <Chip tone="indigo">
      {drawAt === null ? t.lottery : t.lotteryOn(formatMoment(drawAt, { timeZone, locale }))}
    </Chip>
  );
}

import type { WaitlistMode } from "@tsudoi/shared/events.ts";
import type { Locale } from "@tsudoi/shared/text.ts";
import type { MessageFacts } from "#core/notifications/message-facts.ts";

const WRITE: Record<Locale, string> = {
  ja: "席が空くと、順番にメールでお知らせします。",
  en: "When a seat opens, we write to people in order.",
};

const TEXTS: Record<Locale, Record<WaitlistMode, string>> = {
  ja: {
    automatic:
      "席が空くと、順番に自動で繰り上がります。そのときは参加が確定し、メールでお知らせします。お返事は不要です。",
    offer:
      "席が空くと、順番にメールでご案内し、席をお取りします。期限までに、参加するか辞退するかをお返事ください。",
    none: WRITE.ja,
  },
  en: {
    automatic:
      "When a seat opens, people move up in order. Your seat is then confirmed without a reply from you, and we write to you.",
    offer:
      "When a seat opens, we write to people in order and hold the seat. You then have some time to accept or decline it.",
    none: WRITE.en,
  },
};

/** What whoever waits has to do once it is their turn. */
export function whenSeatOpens({ event, person }: MessageFacts): string {
  return TEXTS[person.locale][event.waitlistMode];
}

import type { Locale } from "@tsudoi/shared/text.ts";
import type { MessageFacts } from "#core/notifications/message-facts.ts";
import { aboutEvent, hadSeat, quote, seeEvent, titleOf } from "./about.ts";
import type { Letter, LetterPlace } from "./letter.ts";
import { WORDS } from "./words.ts";

type Texts = { subject: (title: string) => string; heading: string; body: string };

const TEXTS: Record<Locale, Texts> = {
  ja: {
    subject: (title) => `【中止】${title}`,
    heading: "イベントは中止になりました",
    body: "申し込んでいただいたイベントは中止になり、あなたの申込も取り消されました。",
  },
  en: {
    subject: (title) => `The event is cancelled: ${title}`,
    heading: "The event is cancelled",
    body: "This event will not take place. Your registration is cancelled with it.",
  },
};

/** The event will not be: told whatever the reader did since. */
export function eventCancellation(facts: MessageFacts, place: LetterPlace): Letter {
  const { locale } = facts.person;
  const texts = TEXTS[locale];
  const isTakenOut = hadSeat(facts);
  return {
    template: "event_cancellation",
    subject: texts.subject(titleOf(facts)),
    heading: texts.heading,
    paragraphs: [texts.body, ...(isTakenOut ? [WORDS[locale].takenOut] : [])],
    quote: quote(locale, facts.event.cancelReason),
    facts: aboutEvent(facts),
    actions: [seeEvent(facts, place)],
    calendar: isTakenOut ? "CANCEL" : undefined,
  };
}

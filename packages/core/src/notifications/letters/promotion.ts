import type { Locale } from "@tsudoi/shared/text.ts";
import type { MessageFacts } from "#core/notifications/message-facts.ts";
import { aboutSeat, titleOf, withPlace } from "./about.ts";
import type { Letter, LetterPlace } from "./letter.ts";

type Texts = { subject: (title: string) => string; heading: string; body: string };

const TEXTS: Record<Locale, Texts> = {
  ja: {
    subject: (title) => `【繰り上げ】${title}`,
    heading: "キャンセル待ちから繰り上がりました",
    body: "席が空き、あなたの参加が確定しました。添付の予定をカレンダーに追加できます。",
  },
  en: {
    subject: (title) => `You have a seat now: ${title}`,
    heading: "You have a seat now",
    body: "A seat opened and it is yours: you have moved up from the waitlist, and your seat is confirmed. The attached file adds it to your calendar.",
  },
};

/** A seat after waiting. */
export function promotion(facts: MessageFacts, place: LetterPlace): Letter | undefined {
  if (facts.registration.status !== "confirmed") return undefined;
  const texts = TEXTS[facts.person.locale];
  return {
    template: "registration_promotion",
    subject: texts.subject(titleOf(facts)),
    heading: texts.heading,
    paragraphs: [texts.body],
    facts: aboutSeat(facts, place),
    actions: withPlace(facts, place),
    calendar: "REQUEST",
  };
}

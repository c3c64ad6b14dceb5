import type { Locale } from "@tsudoi/shared/text.ts";
import type { MessageFacts } from "#core/notifications/message-facts.ts";
import { aboutEvent, heldUntil, seeEvent, titleOf } from "./about.ts";
import type { Letter, LetterPlace } from "./letter.ts";

type Texts = {
  subject: (title: string) => string;
  heading: string;
  body: string;
  accept: string;
  decline: string;
};

const TEXTS: Record<Locale, Texts> = {
  ja: {
    subject: (title) => `【繰り上げのご案内】${title}`,
    heading: "席をお取りしています",
    body: "キャンセル待ちの順番が来ました。下の期限まで、あなたの席をお取りしています。期限までにお返事がない場合は、次の方にご案内します。",
    accept: "参加する",
    decline: "辞退する",
  },
  en: {
    subject: (title) => `A seat is held for you: ${title}`,
    heading: "A seat is held for you",
    body: "It is your turn on the waitlist. Your seat is held until the time below. If we do not hear from you by then, it goes to the next person.",
    accept: "Accept the seat",
    decline: "Decline it",
  },
};

/** A seat is held; an offer that was answered, or that has ended, is not told any more. */
export function offer(facts: MessageFacts, place: LetterPlace): Letter | undefined {
  const { status, offerExpiresAt } = facts.registration;
  if (status !== "offered" || offerExpiresAt === null || offerExpiresAt <= place.now) {
    return undefined;
  }
  const texts = TEXTS[facts.person.locale];
  return {
    template: "registration_offer",
    subject: texts.subject(titleOf(facts)),
    heading: texts.heading,
    paragraphs: [texts.body],
    facts: [...heldUntil(facts), ...aboutEvent(facts)],
    actions: [
      { label: texts.accept, url: place.links.offer },
      { label: texts.decline, url: `${place.links.offer}?answer=decline` },
      seeEvent(facts, place),
    ],
  };
}

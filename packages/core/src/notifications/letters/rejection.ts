import type { Locale } from "@tsudoi/shared/text.ts";
import type { MessageFacts } from "#core/notifications/message-facts.ts";
import { aboutEvent, fromOrganizer, seeEvent, titleOf } from "./about.ts";
import type { Letter, LetterPlace } from "./letter.ts";

type Texts = { subject: (title: string) => string; heading: string; body: string };

const TEXTS: Record<Locale, Texts> = {
  ja: {
    subject: (title) => `【見送り】${title}`,
    heading: "今回は見送りとなりました",
    body: "申し込んでいただき、ありがとうございました。主催者が確認し、今回は参加を見送らせていただくことになりました。",
  },
  en: {
    subject: (title) => `Not accepted: ${title}`,
    heading: "Your registration was not accepted",
    body: "Thank you for your interest. The organiser looked at your registration and could not accept it this time.",
  },
};

/** Not approved, in the organiser's words where they left some. */
export function rejection(facts: MessageFacts, place: LetterPlace): Letter | undefined {
  if (facts.registration.status !== "rejected") return undefined;
  const texts = TEXTS[facts.person.locale];
  return {
    template: "registration_rejection",
    subject: texts.subject(titleOf(facts)),
    heading: texts.heading,
    paragraphs: [texts.body],
    quote: fromOrganizer(facts),
    facts: aboutEvent(facts),
    actions: [seeEvent(facts, place)],
  };
}

import type { Locale } from "@tsudoi/shared/text.ts";
import type { MessageFacts } from "#core/notifications/message-facts.ts";
import { aboutEvent, seeEvent, titleOf } from "./about.ts";
import type { Letter, LetterPlace } from "./letter.ts";

type Texts = { subject: (title: string) => string; heading: string; body: string };

const TEXTS: Record<Locale, Texts> = {
  ja: {
    subject: (title) => `【繰り上げのご案内の期限切れ】${title}`,
    heading: "お返事の期限が切れました",
    body: "期限までにお返事がなかったため、お取りしていた席は次の方にご案内しました。いまも参加をご希望でしたら、イベントのページからもう一度申し込んでください。",
  },
  en: {
    subject: (title) => `The offer has expired: ${title}`,
    heading: "The offer has expired",
    body: "We did not hear from you in time, so the seat that was held for you went to the next person. If you would still like to come, register again on the event's page.",
  },
};

/** The held seat went on. */
export function offerExpired(facts: MessageFacts, place: LetterPlace): Letter | undefined {
  if (facts.registration.status !== "expired") return undefined;
  const texts = TEXTS[facts.person.locale];
  return {
    template: "registration_offer_expired",
    subject: texts.subject(titleOf(facts)),
    heading: texts.heading,
    paragraphs: [texts.body],
    facts: aboutEvent(facts),
    actions: [seeEvent(facts, place)],
  };
}

import type { Locale } from "@tsudoi/shared/text.ts";
import type { MessageFacts } from "#core/notifications/message-facts.ts";
import { aboutEvent, aboutRegistration, aboutSeat, titleOf, withPlace } from "./about.ts";
import type { Fact, Letter, LetterPlace } from "./letter.ts";
import { whenSeatOpens } from "./when-seat-opens.ts";

type Result = "won" | "waiting" | "lost";

type Texts = { subject: (title: string) => string; heading: string; body: string };

const TEXTS: Record<Locale, Record<Result, Texts>> = {
  ja: {
    won: {
      subject: (title) => `【当選】${title}`,
      heading: "抽選に当選しました",
      body: "抽選の結果、あなたの参加が確定しました。添付の予定をカレンダーに追加できます。",
    },
    waiting: {
      subject: (title) => `【抽選結果：キャンセル待ち】${title}`,
      heading: "抽選の結果、キャンセル待ちになりました",
      body: "今回は落選となりました。抽選で決まった順番で、キャンセル待ちに登録しました。",
    },
    lost: {
      subject: (title) => `【落選】${title}`,
      heading: "今回は落選となりました",
      body: "申し込んでいただき、ありがとうございました。抽選の結果、席をご用意できませんでした。",
    },
  },
  en: {
    won: {
      subject: (title) => `You were drawn: ${title}`,
      heading: "You were drawn",
      body: "The draw gave you a seat, and it is confirmed. The attached file adds it to your calendar.",
    },
    waiting: {
      subject: (title) => `Result of the draw, on the waitlist: ${title}`,
      heading: "You are on the waitlist after the draw",
      body: "You were not drawn for a seat this time. You are on the waitlist, in the order of the draw.",
    },
    lost: {
      subject: (title) => `You were not drawn: ${title}`,
      heading: "You were not drawn this time",
      body: "Thank you for your interest. The draw gave the seats to others.",
    },
  },
};

const PROOF: Record<Locale, string> = { ja: "抽選の記録を確かめる", en: "Check the draw yourself" };

/** What the draw gave, and where anyone can recompute it. */
export function drawResult(facts: MessageFacts, place: LetterPlace): Letter | undefined {
  const result = resultOf(facts);
  if (result === undefined) return undefined;
  const texts = TEXTS[facts.person.locale][result];
  const proof = { label: PROOF[facts.person.locale], url: place.links.draw };
  const [event, ...rest] = withPlace(facts, place);
  return {
    template: "registration_draw_result",
    subject: texts.subject(titleOf(facts)),
    heading: texts.heading,
    paragraphs: [texts.body, ...(result === "waiting" ? [whenSeatOpens(facts)] : [])],
    facts: aboutResult(facts, place, result),
    actions: event === undefined ? [proof] : [event, proof, ...rest],
    calendar: result === "won" ? "REQUEST" : undefined,
  };
}

function aboutResult(facts: MessageFacts, place: LetterPlace, result: Result): Fact[] {
  if (result === "won") return aboutSeat(facts, place);
  return result === "lost" ? aboutEvent(facts) : aboutRegistration(facts);
}

function resultOf({ registration: { status } }: MessageFacts): Result | undefined {
  if (status === "confirmed") return "won";
  if (status === "waitlisted") return "waiting";
  return status === "rejected" ? "lost" : undefined;
}

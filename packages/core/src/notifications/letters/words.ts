import { personName } from "@tsudoi/shared/person-name.ts";
import type { Locale } from "@tsudoi/shared/text.ts";

/** What every kind of letter says alike. */
type Words = {
  greeting: (person: { familyName: string; givenName: string }) => string;
  event: string;
  when: string;
  where: string;
  /** In place of a place that the reader may not know yet. */
  onceConfirmed: string;
  online: string;
  number: string;
  position: string;
  inLine: (position: number) => string;
  /** Until when an offer can be answered. */
  heldUntil: string;
  readersTime: (time: string) => string;
  before: string;
  nothing: string;
  anotherPlace: string;
  anotherLink: string;
  fromOrganizer: string;
  seeEvent: string;
  leave: string;
  /** How long a seat can be given back. */
  leaving: { label: string; until: (time: string) => string; untilStart: string; late: string };
  /** The attached entry takes the seat out of a calendar again. */
  takenOut: string;
  closing: string;
};

export const WORDS: Record<Locale, Words> = {
  ja: {
    greeting: (person) => `${person.familyName} ${person.givenName} 様`,
    event: "イベント",
    when: "開催日時",
    where: "場所",
    onceConfirmed: "参加が確定すると、お知らせします。",
    online: "オンライン",
    number: "受付番号",
    position: "順番",
    inLine: (position) => `${position} 番目`,
    heldUntil: "お返事の期限",
    readersTime: (time) => `お住まいの地域では ${time}`,
    before: "変更前",
    nothing: "なし",
    anotherPlace: "別の場所",
    anotherLink: "別のリンク",
    fromOrganizer: "主催者より",
    seeEvent: "イベントの詳細を見る",
    leave: "参加できなくなった場合",
    leaving: {
      label: "取り消し",
      until: (time) => `${time} まで`,
      untilStart: "イベントの開始まで",
      late: "締切を過ぎています。参加できなくなった場合は、主催者にご連絡ください。",
    },
    takenOut: "添付のファイルで、カレンダーの予定を取り除けます。",
    closing: "このメールは Tsudoi が自動でお送りしています。",
  },
  en: {
    greeting: (person) => `Dear ${personName(person)},`,
    event: "Event",
    when: "When",
    where: "Where",
    onceConfirmed: "told once your registration is confirmed",
    online: "Online",
    number: "Receipt number",
    position: "Place on the waitlist",
    inLine: (position) => `No. ${position}`,
    heldUntil: "Reply by",
    readersTime: (time) => `${time} your time`,
    before: "Before",
    nothing: "none",
    anotherPlace: "another place",
    anotherLink: "another link",
    fromOrganizer: "From the organiser",
    seeEvent: "See the event",
    leave: "I cannot come",
    leaving: {
      label: "You can cancel",
      until: (time) => `until ${time}`,
      untilStart: "until the event begins",
      late: "no longer: the deadline has passed. If you cannot come, please tell the organiser.",
    },
    takenOut: "The attached file takes it out of your calendar.",
    closing: "Tsudoi sent this e-mail automatically.",
  },
};

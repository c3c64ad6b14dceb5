import { EVENT_LETTER_CASES } from "./event-letter-cases.ts";
import type { LetterCase } from "./letter-case.ts";

const WORDS = "You're very welcome — 来年もぜひ";

/** Every kind, in every state in which it has something to tell. */
export const LETTER_CASES: LetterCase[] = [
  {
    name: "a seat",
    changes: { kind: "registrations.confirmation" },
    template: "registration_confirmed",
    subject: { ja: "【参加確定】秋の勉強会", en: "Your seat is confirmed: Autumn workshop" },
    says: {
      ja: ["席をご用意しました", "0042", "取り消し：イベントの開始まで"],
      en: ["Your seat is confirmed", "0042", "You can cancel: until the event begins"],
    },
    calendar: "REQUEST",
    links: ["leave"],
  },
  {
    name: "a seat that an organiser gave",
    changes: { kind: "registrations.confirmation", details: { to: "confirmed", by: "organizer" } },
    template: "registration_confirmed",
    subject: { ja: "【参加確定】秋の勉強会", en: "Your seat is confirmed: Autumn workshop" },
    says: { ja: ["主催者があなたの申込を登録しました"], en: ["organiser has registered you"] },
    calendar: "REQUEST",
    links: ["leave"],
  },
  {
    name: "an accepted offer",
    changes: { kind: "registrations.confirmation", details: { from: "offered" } },
    template: "registration_confirmed",
    subject: { ja: "【参加確定】秋の勉強会", en: "Your seat is confirmed: Autumn workshop" },
    says: { ja: ["ご案内した席をお受けいただき"], en: ["Thank you for accepting the seat"] },
    calendar: "REQUEST",
    links: ["leave"],
  },
  {
    name: "a place on the waitlist",
    changes: {
      kind: "registrations.confirmation",
      registration: { status: "waitlisted", position: 3 },
    },
    template: "registration_waitlisted",
    subject: { ja: "【キャンセル待ち】秋の勉強会", en: "You are on the waitlist: Autumn workshop" },
    says: {
      ja: ["いまは満席です", "順番：3 番目", "自動で繰り上がります"],
      en: ["full at the moment", "Place on the waitlist: No. 3", "confirmed without a reply"],
    },
    links: ["leave"],
  },
  {
    name: "a wait for approval",
    changes: { kind: "registrations.confirmation", registration: { status: "pending" } },
    template: "registration_pending",
    subject: { ja: "【承認待ち】秋の勉強会", en: "Awaiting approval: Autumn workshop" },
    says: { ja: ["主催者の承認が必要です"], en: ["The organiser approves registrations"] },
    links: ["leave"],
  },
  {
    name: "a wait for the draw",
    changes: {
      kind: "registrations.confirmation",
      registration: { status: "pending" },
      event: { allocation: "lottery", drawAt: new Date("2026-11-22T00:00:00Z") },
    },
    template: "registration_pending",
    subject: { ja: "【抽選待ち】秋の勉強会", en: "You are in the draw: Autumn workshop" },
    says: {
      ja: ["席は抽選で決まります", "抽選日時：2026年11月22日(日) 9:00"],
      en: ["seats of this event are drawn", "Draw on: Sun 22 Nov 2026, 09:00"],
    },
    links: ["leave"],
  },
  {
    name: "an offer to somebody abroad",
    changes: {
      kind: "registrations.offer",
      person: { timeZone: "Europe/Berlin" },
      registration: { status: "offered", offerExpiresAt: new Date("2026-11-20T21:00:00Z") },
    },
    template: "registration_offer",
    subject: {
      ja: "【繰り上げのご案内】秋の勉強会",
      en: "A seat is held for you: Autumn workshop",
    },
    says: {
      ja: ["2026年11月21日(土) 6:00 (日本標準時)", "お住まいの地域では 2026年11月20日(金) 22:00"],
      en: ["Sat 21 Nov 2026, 06:00 (Japan Standard Time)", "Fri 20 Nov 2026, 22:00 your time"],
    },
    links: ["offer"],
  },
  {
    name: "the end of an offer",
    changes: { kind: "registrations.offer-expired", registration: { status: "expired" } },
    template: "registration_offer_expired",
    subject: {
      ja: "【繰り上げのご案内の期限切れ】秋の勉強会",
      en: "The offer has expired: Autumn workshop",
    },
    says: { ja: ["次の方にご案内しました"], en: ["went to the next person"] },
  },
  {
    name: "a seat after waiting",
    changes: { kind: "registrations.promotion" },
    template: "registration_promotion",
    subject: { ja: "【繰り上げ】秋の勉強会", en: "You have a seat now: Autumn workshop" },
    says: { ja: ["参加が確定しました", "0042"], en: ["moved up from the waitlist", "0042"] },
    calendar: "REQUEST",
    links: ["leave"],
  },
  {
    name: "an approval with a seat",
    changes: { kind: "registrations.approval", details: { from: "pending", reason: WORDS } },
    template: "registration_approval",
    subject: { ja: "【承認】秋の勉強会", en: "Approved: Autumn workshop" },
    says: { ja: ["参加が確定しました", WORDS], en: ["your seat is confirmed", WORDS] },
    calendar: "REQUEST",
    links: ["leave"],
  },
  {
    name: "an approval without a free seat",
    changes: {
      kind: "registrations.approval",
      registration: { status: "waitlisted", position: 2 },
    },
    template: "registration_approval",
    subject: {
      ja: "【承認：キャンセル待ち】秋の勉強会",
      en: "Approved, on the waitlist: Autumn workshop",
    },
    says: {
      ja: ["キャンセル待ちに登録しました", "順番：2 番目", "お返事は不要です"],
      en: ["you are on the waitlist", "Place on the waitlist: No. 2", "without a reply from you"],
    },
    links: ["leave"],
  },
  {
    name: "a rejection",
    changes: {
      kind: "registrations.rejection",
      details: { from: "pending", reason: WORDS },
      registration: { status: "rejected" },
    },
    template: "registration_rejection",
    subject: { ja: "【見送り】秋の勉強会", en: "Not accepted: Autumn workshop" },
    says: { ja: ["主催者より", WORDS], en: ["From the organiser", WORDS] },
  },
  {
    name: "a cancellation by the reader",
    changes: {
      kind: "registrations.cancellation",
      details: { from: "confirmed", reason: null },
      registration: { status: "cancelled", endedBy: "attendee" },
    },
    template: "registration_cancellation",
    subject: { ja: "【取り消し完了】秋の勉強会", en: "Cancelled: Autumn workshop" },
    says: { ja: ["申込を取り消しました"], en: ["Your registration is cancelled"] },
    calendar: "CANCEL",
  },
  {
    name: "a cancellation by an organiser",
    changes: {
      kind: "registrations.cancellation",
      details: { from: "confirmed", reason: WORDS },
      registration: { status: "cancelled", endedBy: "organizer" },
    },
    template: "registration_cancellation",
    subject: {
      ja: "【申込の取り消し】秋の勉強会",
      en: "Your registration was cancelled: Autumn workshop",
    },
    says: {
      ja: ["申込を、主催者が取り消しました", WORDS],
      en: ["The organiser cancelled your registration", WORDS],
    },
    calendar: "CANCEL",
  },
  {
    name: "the end of a wait by the reader",
    changes: {
      kind: "registrations.cancellation",
      details: { from: "waitlisted", reason: null },
      registration: { status: "cancelled", endedBy: "attendee" },
    },
    template: "registration_cancellation",
    subject: { ja: "【取り消し完了】秋の勉強会", en: "Cancelled: Autumn workshop" },
    says: { ja: ["申込を取り消しました"], en: ["Your registration is cancelled"] },
  },
  {
    name: "a seat from the draw",
    changes: { kind: "registrations.draw-result", event: { allocation: "lottery" } },
    template: "registration_draw_result",
    subject: { ja: "【当選】秋の勉強会", en: "You were drawn: Autumn workshop" },
    says: { ja: ["抽選に当選しました", "0042"], en: ["The draw gave you a seat", "0042"] },
    calendar: "REQUEST",
    links: ["leave", "draw"],
  },
  {
    name: "a place in line from the draw",
    changes: {
      kind: "registrations.draw-result",
      event: { allocation: "lottery" },
      registration: { status: "waitlisted", position: 7 },
    },
    template: "registration_draw_result",
    subject: {
      ja: "【抽選結果：キャンセル待ち】秋の勉強会",
      en: "Result of the draw, on the waitlist: Autumn workshop",
    },
    says: {
      ja: ["順番：7 番目", "お返事は不要です"],
      en: ["Place on the waitlist: No. 7", "without a reply from you"],
    },
    links: ["leave", "draw"],
  },
  {
    name: "nothing from the draw",
    changes: {
      kind: "registrations.draw-result",
      event: { allocation: "lottery" },
      registration: { status: "rejected" },
    },
    template: "registration_draw_result",
    subject: { ja: "【落選】秋の勉強会", en: "You were not drawn: Autumn workshop" },
    says: { ja: ["席をご用意できませんでした"], en: ["The draw gave the seats to others"] },
    links: ["draw"],
  },
  {
    name: "another time and place, with a seat",
    changes: {
      kind: "events.change",
      details: {
        startsAt: "2026-11-25T06:00:00.000Z",
        endsAt: "2026-11-25T07:00:00.000Z",
        location: "別館 2F",
      },
    },
    template: "event_change",
    subject: { ja: "【変更】秋の勉強会", en: "Changed: Autumn workshop" },
    says: {
      ja: ["変更前：2026年11月25日(水) 15:00–16:00", "変更前：別館 2F", "申込はそのまま有効です"],
      en: ["Before: Wed 25 Nov 2026, 15:00 – 16:00", "Before: 別館 2F", "Your seat is still yours"],
    },
    calendar: "REQUEST",
    links: ["leave"],
  },
  {
    name: "another place, on the waitlist",
    changes: {
      kind: "events.change",
      details: { location: null },
      registration: { status: "waitlisted", position: 1 },
    },
    template: "event_change",
    subject: { ja: "【変更】秋の勉強会", en: "Changed: Autumn workshop" },
    says: {
      ja: ["変更前：なし", "順番：1 番目"],
      en: ["Before: none", "Place on the waitlist: No. 1"],
    },
    links: ["leave"],
  },
  {
    name: "the event's cancellation, with a seat",
    changes: {
      kind: "events.cancellation",
      details: { from: "confirmed", reason: null },
      registration: { status: "cancelled", endedBy: "event" },
      event: { status: "cancelled", cancelReason: `台風のため\n${WORDS}` },
    },
    template: "event_cancellation",
    subject: { ja: "【中止】秋の勉強会", en: "The event is cancelled: Autumn workshop" },
    says: {
      ja: ["中止になりました", "台風のため", WORDS],
      en: ["will not take place", "台風のため", WORDS],
    },
    calendar: "CANCEL",
  },
  {
    name: "the event's cancellation, on the waitlist",
    changes: {
      kind: "events.cancellation",
      details: { from: "waitlisted", reason: null },
      registration: { status: "cancelled", endedBy: "event" },
      event: { status: "cancelled" },
    },
    template: "event_cancellation",
    subject: { ja: "【中止】秋の勉強会", en: "The event is cancelled: Autumn workshop" },
    says: { ja: ["中止になりました"], en: ["will not take place"] },
  },
  ...EVENT_LETTER_CASES,
];

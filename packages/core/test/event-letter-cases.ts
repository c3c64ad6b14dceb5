import type { EventRole } from "@tsudoi/shared/permissions.ts";
import type { Changes } from "./facts.ts";
import type { LetterCase } from "./letter-case.ts";

/** Of an event in which the reader need have no place. */
export const EVENT_LETTER_CASES: LetterCase[] = [
  {
    name: "an invitation",
    changes: { kind: "events.invitation" },
    template: "event_invitation",
    subject: { ja: "【ご招待】秋の勉強会", en: "You are invited: Autumn workshop" },
    says: {
      ja: ["招待された方だけが申し込めます", "申込の締切：2026年11月25日(水) 18:00"],
      en: ["Only invited people can register", "Registration closes: Wed 25 Nov 2026, 18:00"],
    },
  },
  {
    name: "an invitation before registration opens, to somebody abroad",
    changes: {
      kind: "events.invitation",
      person: { timeZone: "Europe/Berlin" },
      event: { registrationOpensAt: new Date("2026-11-21T00:00:00Z") },
    },
    template: "event_invitation",
    subject: { ja: "【ご招待】秋の勉強会", en: "You are invited: Autumn workshop" },
    says: {
      ja: ["受付開始：2026年11月21日(土) 9:00 (日本標準時)", "お住まいの地域では"],
      en: ["Registration opens: Sat 21 Nov 2026, 09:00 (Japan Standard Time)", "01:00 your time"],
    },
  },
  {
    name: "an invitation to a series",
    changes: { kind: "events.invitation", dates: 10 },
    template: "event_invitation",
    subject: { ja: "【ご招待】秋の勉強会", en: "You are invited: Autumn workshop" },
    says: {
      ja: ["シリーズの 10 回に招待されています"],
      en: ["You are invited to 10 events of a series"],
    },
  },
  {
    name: "a part in a series",
    changes: { ...aRole("editor"), details: { role: "editor", dates: 10 } },
    template: "event_organizer_role",
    subject: {
      ja: "【主催者：編集者】秋の勉強会",
      en: "You help organise (editor): Autumn workshop",
    },
    says: {
      ja: ["この役割は、シリーズの 10 回についてのものです"],
      en: ["This is your role in 10 events of a series"],
    },
    links: ["manage"],
  },
  {
    name: "a part in organising, of a draft",
    changes: aRole("owner", { status: "draft" }),
    template: "event_organizer_role",
    subject: {
      ja: "【主催者：責任者】秋の勉強会",
      en: "You help organise (owner): Autumn workshop",
    },
    says: {
      ja: ["イベントの責任者になりました", "まだ下書き"],
      en: ["You are an owner of this event", "still a draft"],
    },
    links: ["manage"],
  },
  {
    name: "a part in editing",
    changes: aRole("editor"),
    template: "event_organizer_role",
    subject: {
      ja: "【主催者：編集者】秋の勉強会",
      en: "You help organise (editor): Autumn workshop",
    },
    says: {
      ja: ["参加者の申込を扱えます", "役割：編集者"],
      en: ["look after its registrations", "Your role: Editor"],
    },
    links: ["manage"],
  },
  {
    name: "a part in checking people in",
    changes: aRole("checkin"),
    template: "event_organizer_role",
    subject: {
      ja: "【主催者：受付係】秋の勉強会",
      en: "You help organise (check-in): Autumn workshop",
    },
    says: {
      ja: ["お越しになった方の受付をお願いします", "役割：受付係"],
      en: ["check people in as they arrive", "Your role: Check-in"],
    },
    links: ["manage"],
  },
  {
    name: "a part in looking on",
    changes: aRole("viewer"),
    template: "event_organizer_role",
    subject: {
      ja: "【主催者：閲覧者】秋の勉強会",
      en: "You help organise (viewer): Autumn workshop",
    },
    says: {
      ja: ["参加者の一覧を見られます", "役割：閲覧者"],
      en: ["You can see the list of people", "Your role: Viewer"],
    },
    links: ["manage"],
  },
];

function aRole(role: EventRole, event: Changes["event"] = {}) {
  return { kind: "events.organizer-role" as const, role, details: { role }, event };
}

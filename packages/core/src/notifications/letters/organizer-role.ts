import type { EventRole } from "@tsudoi/shared/permissions.ts";
import type { Locale } from "@tsudoi/shared/text.ts";
import type { EventFacts } from "#core/notifications/message-facts.ts";
import { aboutEvent, seeEvent, titleOf } from "./about.ts";
import type { EventPlace, Letter } from "./letter.ts";

type Texts = {
  subject: (role: string, title: string) => string;
  heading: Record<EventRole, string>;
  role: string;
  roles: Record<EventRole, string>;
  may: Record<EventRole, string>;
  draft: string;
  series: (dates: number) => string;
  manage: string;
};

const TEXTS: Record<Locale, Texts> = {
  ja: {
    subject: (role, title) => `【主催者：${role}】${title}`,
    heading: {
      owner: "イベントの責任者になりました",
      editor: "イベントの編集者になりました",
      checkin: "イベントの受付係になりました",
      viewer: "イベントの閲覧者になりました",
    },
    role: "役割",
    roles: { owner: "責任者", editor: "編集者", checkin: "受付係", viewer: "閲覧者" },
    may: {
      owner: "このイベントのすべての操作ができます。ほかの主催者も決められます。",
      editor: "イベントの内容を編集し、参加者の申込を扱えます。",
      checkin: "当日、お越しになった方の受付をお願いします。参加者の一覧は見られません。",
      viewer: "参加者の一覧を見られます。変更はできません。",
    },
    draft: "イベントはまだ下書きで、主催者だけに見えます。",
    series: (dates) => `この役割は、シリーズの ${dates} 回についてのものです。下は、次の回です。`,
    manage: "イベントの管理画面を開く",
  },
  en: {
    subject: (role, title) => `You help organise (${role.toLowerCase()}): ${title}`,
    heading: {
      owner: "You are an owner of this event",
      editor: "You are an editor of this event",
      checkin: "You check people in at this event",
      viewer: "You are a viewer of this event",
    },
    role: "Your role",
    roles: { owner: "Owner", editor: "Editor", checkin: "Check-in", viewer: "Viewer" },
    may: {
      owner: "You may do everything with this event, and say who else organises it.",
      editor: "You can edit the event and look after its registrations.",
      checkin:
        "On the day, please check people in as they arrive. You do not see the list of people.",
      viewer: "You can see the list of people. You cannot change anything.",
    },
    draft: "The event is still a draft: only its organisers see it.",
    series: (dates) =>
      `This is your role in ${dates} events of a series. The next of them is below.`,
    manage: "Open the event's management",
  },
};

/** A part in organising the event; nothing where it is another one by now, or none. */
export function organizerRole(facts: EventFacts, place: EventPlace): Letter | undefined {
  const { role, details, event, person } = facts;
  if (role === null || role !== details?.role) return undefined;
  const texts = TEXTS[person.locale];
  const name = texts.roles[role];
  return {
    template: "event_organizer_role",
    subject: texts.subject(name, titleOf(facts)),
    heading: texts.heading[role],
    paragraphs: [
      texts.may[role],
      ...(typeof details.dates === "number" && details.dates > 1
        ? [texts.series(details.dates)]
        : []),
      ...(event.status === "draft" ? [texts.draft] : []),
    ],
    facts: [...aboutEvent(facts), { label: texts.role, value: name }],
    actions: [{ label: texts.manage, url: place.links.manage }, seeEvent(facts, place)],
  };
}

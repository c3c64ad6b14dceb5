import { EVENT_NOTIFICATIONS, REGISTRATION_NOTIFICATIONS } from "@tsudoi/shared/notifications.ts";
import type { AnyFacts, EventFacts, MessageFacts } from "#core/notifications/message-facts.ts";

export type Changes = {
  kind?: AnyFacts["kind"];
  details?: MessageFacts["details"] | undefined;
  person?: Partial<MessageFacts["person"]> | undefined;
  event?: Partial<MessageFacts["event"]> | undefined;
  registration?: Partial<MessageFacts["registration"]>;
} & Partial<Pick<EventFacts, "role" | "isInvited" | "dates">>;

/** What a letter is made of: one of confirmation, unless it is changed. */
export function someFacts(changes: Changes = {}): AnyFacts {
  const { role = null, isInvited = true, dates = 1 } = changes;
  const facts = factsOf(changes);
  const kind = EVENT_NOTIFICATIONS.find((known) => known === changes.kind);
  if (kind !== undefined) return { ...facts, kind, registration: null, role, isInvited, dates };
  return {
    ...facts,
    kind:
      REGISTRATION_NOTIFICATIONS.find((known) => known === changes.kind) ??
      REGISTRATION_NOTIFICATIONS[0],
    registration: {
      id: "01890000-0000-7000-8000-00000000000c",
      status: "confirmed",
      number: 42,
      position: null,
      offerExpiresAt: null,
      endedBy: null,
      ...changes.registration,
    },
  };
}

function factsOf(changes: Changes): Omit<MessageFacts, "kind" | "registration"> {
  return {
    notificationId: "01890000-0000-7000-8000-00000000000a",
    organizationId: "01890000-0000-7000-8000-00000000000b",
    status: "queued",
    details: changes.details ?? null,
    organization: { ja: "集い株式会社", en: "Tsudoi Inc." },
    person: {
      familyName: "佐藤",
      givenName: "花子",
      email: "hanako@example.test",
      locale: "ja",
      timeZone: "Asia/Tokyo",
      ...changes.person,
    },
    event: {
      id: "01890000-0000-7000-8000-00000000000d",
      title: { ja: "秋の勉強会", en: "Autumn workshop" },
      description: { ja: "ノートをお持ちください。", en: "Bring a notebook." },
      status: "published",
      startsAt: new Date("2026-11-26T06:00:00Z"),
      endsAt: new Date("2026-11-26T08:00:00Z"),
      registrationOpensAt: new Date("2026-11-10T00:00:00Z"),
      registrationClosesAt: new Date("2026-11-25T09:00:00Z"),
      timeZone: "Asia/Tokyo",
      location: "本社 12F",
      locationFor: "everyone",
      onlineUrl: "https://meet.example.test/secret-room",
      cancelUntil: null,
      waitlistMode: "automatic",
      allocation: "first_come",
      drawAt: null,
      drawnAt: null,
      cancelReason: null,
      calendarSequence: 2,
      ...changes.event,
    },
  };
}

import type { ConfirmationFacts } from "#core/notifications/queries.ts";

/** What a letter of confirmation is made of. */
export function someFacts(
  changes: { person?: object; event?: object; registration?: object } = {},
): ConfirmationFacts {
  return {
    notificationId: "01890000-0000-7000-8000-00000000000a",
    organizationId: "01890000-0000-7000-8000-00000000000b",
    status: "queued",
    organization: { ja: "集い株式会社", en: "Tsudoi Inc." },
    person: {
      familyName: "佐藤",
      givenName: "花子",
      email: "hanako@example.test",
      locale: "ja",
      timeZone: "Asia/Tokyo",
      ...changes.person,
    },
    registration: {
      id: "01890000-0000-7000-8000-00000000000c",
      status: "confirmed",
      number: 42,
      position: null,
      ...changes.registration,
    },
    event: {
      id: "01890000-0000-7000-8000-00000000000d",
      title: { ja: "秋の勉強会", en: "Autumn workshop" },
      description: { ja: "ノートをお持ちください。", en: "Bring a notebook." },
      status: "published",
      startsAt: new Date("2026-11-26T06:00:00Z"),
      endsAt: new Date("2026-11-26T08:00:00Z"),
      timeZone: "Asia/Tokyo",
      location: "本社 12F",
      onlineUrl: "https://meet.example.test/secret-room",
      version: 3,
      ...changes.event,
    },
  };
}

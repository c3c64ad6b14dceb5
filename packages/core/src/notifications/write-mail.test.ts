import type { WaitlistMode } from "@tsudoi/shared/events.ts";
import {
  REGISTRATION_NOTIFICATIONS,
  type RegistrationNotification,
} from "@tsudoi/shared/notifications.ts";
import { EVENT_ROLES } from "@tsudoi/shared/permissions.ts";
import { REGISTRATION_STATUSES, type RegistrationStatus } from "@tsudoi/shared/registrations.ts";
import { describe, expect, test } from "vitest";
import { type Changes, someFacts } from "#test/facts.ts";
import { LETTER_CASES } from "#test/letter-cases.ts";
import { letterTo, SENDER } from "#test/letters.ts";
import { writeMail } from "./write-mail.ts";

/** In which states of the registration a message is still true. */
const STILL_TRUE: Record<RegistrationNotification, readonly RegistrationStatus[]> = {
  "registrations.confirmation": ["pending", "confirmed", "waitlisted"],
  "registrations.offer": ["offered"],
  "registrations.offer-expired": ["expired"],
  "registrations.promotion": ["confirmed"],
  "registrations.approval": ["confirmed", "waitlisted"],
  "registrations.rejection": ["rejected"],
  "registrations.cancellation": REGISTRATION_STATUSES,
  "registrations.draw-result": ["confirmed", "waitlisted", "rejected"],
  "events.change": ["pending", "confirmed", "waitlisted", "offered"],
  "events.cancellation": REGISTRATION_STATUSES,
};

const anOffer: Changes = {
  kind: "registrations.offer",
  registration: { status: "offered", offerExpiresAt: new Date("2026-11-20T21:00:00Z") },
};

/** What gives somebody a seat, or tells that they still have it. */
const SEATED = [
  "registrations.confirmation",
  "registrations.promotion",
  "registrations.approval",
  "registrations.draw-result",
  "events.change",
] as const;

const write = (changes: Changes) => writeMail(someFacts(changes), SENDER);

describe("notifications/write-mail", () => {
  test.each(REGISTRATION_NOTIFICATIONS)("%s is told only while it is true", (kind) => {
    const told = REGISTRATION_STATUSES.filter((status) => {
      const offerExpiresAt = status === "offered" ? new Date("2026-11-21T09:00:00Z") : null;
      const mail = write({
        kind,
        details: { location: "別館" },
        registration: { status, offerExpiresAt },
      });
      return mail !== undefined;
    });
    expect(told).toEqual(STILL_TRUE[kind]);
  });

  test.each<[RegistrationNotification, RegistrationStatus]>([
    ["registrations.confirmation", "waitlisted"],
    ["registrations.confirmation", "confirmed"],
    ["registrations.approval", "waitlisted"],
    ["registrations.draw-result", "waitlisted"],
    ["registrations.draw-result", "confirmed"],
  ])("%s that tells of %s is not told to who stands elsewhere by now", (kind, to) => {
    const told = REGISTRATION_STATUSES.filter(
      (status) => write({ kind, details: { to }, registration: { status } }) !== undefined,
    );
    expect(told).toEqual([to]);
  });

  test("an offer is told until the instant it ends", () => {
    const end = SENDER.now.getTime();
    const [over, open] = [end, end + 1].map((at) =>
      write({ ...anOffer, registration: { status: "offered", offerExpiresAt: new Date(at) } }),
    );
    expect([over, open?.template]).toEqual([undefined, "registration_offer"]);
  });

  test("nobody is told of a place in an event that is off, but that it ends", () => {
    const off: Changes["event"] = { status: "cancelled" };
    for (const { name, changes } of LETTER_CASES) {
      const told = write({ ...changes, event: { ...changes.event, ...off } }) !== undefined;
      const { registration, kind } = someFacts(changes);
      const isEnded = ["cancelled", "rejected", "expired"].includes(registration?.status ?? "");
      expect({ name, told }).toEqual({ name, told: isEnded || kind === "events.organizer-role" });
    }
  });

  test("a change that was taken back is none", () => {
    const { event } = someFacts();
    const [startsAt, endsAt] = [event.startsAt.toISOString(), event.endsAt.toISOString()];
    const same = { startsAt, endsAt, timeZone: event.timeZone, location: event.location };
    expect(write({ kind: "events.change", details: same })).toBeUndefined();
    expect(write({ kind: "events.change" })).toBeUndefined();
    const other = { ...same, location: "別館" };
    expect(write({ kind: "events.change", details: other })).toBeDefined();
  });

  test("a change tells each line that changed, and no other", () => {
    const changed = (details: Changes["details"]) =>
      letterTo({ kind: "events.change", details }).text.match(/^.*\n {2}変更前：.*$/gm);
    expect(changed({ titleJa: "夏の勉強会" })).toEqual([
      "イベント：秋の勉強会\n  変更前：夏の勉強会",
    ]);
    expect(changed({ timeZone: "Europe/Berlin" })).toEqual([
      "開催日時：2026年11月26日(木) 15:00–17:00\n  変更前：2026年11月26日(木) 7:00–9:00 (中央ヨーロッパ標準時)",
    ]);
    const added = "オンライン：https://meet.example.test/secret-room\n  変更前：なし";
    expect(changed({ link: "none", location: "別館" })).toEqual([
      "場所：本社 12F\n  変更前：別館",
      added,
    ]);
    expect(changed({ onlineUrl: null })).toEqual([added]);
  });

  test.each([
    { link: "another" },
    // As versions before wrote it.
    { onlineUrl: "https://meet.example.test/old-room" },
  ])("another link is told as one, the new one only to who has a seat: %o", (details) => {
    const kind = "events.change";
    const { text, html } = letterTo({ kind, details });
    expect(text).toContain(
      "オンライン：https://meet.example.test/secret-room\n  変更前：別のリンク",
    );
    expect(text + html).not.toContain("old-room");
    expect(letterTo({ kind, details, event: { onlineUrl: null } }).text).toContain(
      "オンライン：なし\n  変更前：別のリンク",
    );
    for (const status of ["pending", "waitlisted", "offered"] as const) {
      const registration = { status };
      expect(write({ kind, details, registration })).toBeUndefined();
      const moved = letterTo({ kind, details: { ...details, location: "別館" }, registration });
      expect(JSON.stringify(moved)).not.toMatch(/secret-room|old-room|別のリンク/);
    }
  });

  test("whoever has a place may give it back by link, as long as that is allowed", () => {
    const offersLeave = (event: Changes["event"], changes: Changes = {}) =>
      letterTo({ ...changes, event }).text.includes(`${SENDER.publicUrl}/leave/`);
    const soon = new Date(SENDER.now.getTime() + 1);
    expect(offersLeave({ cancelUntil: soon })).toBe(true);
    expect(offersLeave({ cancelUntil: SENDER.now })).toBe(false);
    expect(offersLeave({ startsAt: soon })).toBe(true);
    expect(offersLeave({ startsAt: SENDER.now })).toBe(false);
    for (const status of ["waitlisted", "pending"] as const) {
      expect(offersLeave({ cancelUntil: SENDER.now }, { registration: { status } })).toBe(true);
    }
    const offered = { ...anOffer, kind: "events.change" as const, details: { location: "別館" } };
    expect(offersLeave({}, offered)).toBe(false);
  });

  test("whoever gets a seat reads how long they can give it back, by the event's clock and their own", () => {
    const lineOf = (changes: Changes) =>
      /^(?:取り消し|You can cancel).*(?:\n {2}.*)*/m.exec(letterTo(changes).text)?.[0];
    const cancelUntil = new Date("2026-11-24T09:00:00Z");
    const told = { event: { cancelUntil }, details: { location: "別館" } };
    for (const kind of SEATED) {
      expect({ kind, line: lineOf({ ...told, kind }) }).toEqual({
        kind,
        line: "取り消し：2026年11月24日(火) 18:00 まで",
      });
    }
    const en = { locale: "en" as const };
    expect(lineOf({ ...told, person: { ...en, timeZone: "Europe/Berlin" } })).toBe(
      "You can cancel: until Tue 24 Nov 2026, 18:00 (Japan Standard Time)\n  Tue 24 Nov 2026, 10:00 your time",
    );
    expect(lineOf({ person: en })).toBe("You can cancel: until the event begins");
    for (const event of [{ cancelUntil: SENDER.now }, { startsAt: SENDER.now }]) {
      expect(lineOf({ event })).toContain("取り消し：締切を過ぎています。");
      expect(lineOf({ event, person: en })).toContain("the deadline has passed");
    }
  });

  test.each([
    ["registrations.confirmation", {}],
    ["registrations.approval", {}],
    ["registrations.draw-result", { allocation: "lottery" }],
  ] as const)("who waits reads whether a seat needs a reply: %s", (kind, event) => {
    const told = (waitlistMode: WaitlistMode, locale: "ja" | "en") =>
      letterTo({
        kind,
        person: { locale },
        event: { ...event, waitlistMode },
        registration: { status: "waitlisted", position: 1 },
      }).text;
    expect(told("automatic", "ja")).toContain(
      "参加が確定し、メールでお知らせします。お返事は不要です。",
    );
    expect(told("automatic", "en")).toContain("confirmed without a reply from you");
    expect(told("offer", "ja")).toContain("参加するか辞退するかをお返事ください");
    expect(told("offer", "en")).toContain("hold the seat");
    expect(told("none", "ja")).not.toContain("お返事");
  });

  test("an offer's end is told by the event's clock and by the reader's", () => {
    const lineOf = (person: Changes["person"]) =>
      /^(?:お返事の期限|Reply by).*(?:\n {2}.*)*/m.exec(letterTo({ ...anOffer, person }).text)?.[0];
    expect(lineOf({ locale: "en", timeZone: "Europe/Berlin" })).toBe(
      "Reply by: Sat 21 Nov 2026, 06:00 (Japan Standard Time)\n  Fri 20 Nov 2026, 22:00 your time",
    );
    expect(lineOf({ locale: "ja", timeZone: "America/New_York" })).toBe(
      "お返事の期限：2026年11月21日(土) 6:00 (日本標準時)\n  お住まいの地域では 2026年11月20日(金) 16:00",
    );
    // The same clock under another name is no other clock.
    expect(lineOf({ locale: "en", timeZone: "Asia/Seoul" })).toBe(
      "Reply by: Sat 21 Nov 2026, 06:00",
    );
  });

  test("who has an offer reads with a change until when the seat is held now", () => {
    const change = { ...anOffer, kind: "events.change" as const, details: { location: "別館" } };
    const end = "お返事の期限：2026年11月21日(土) 6:00";
    expect(letterTo(change).text).toContain(end);
    expect(letterTo({ ...change, person: { locale: "en" } }).text).toContain(
      "Reply by: Sat 21 Nov 2026, 06:00",
    );
    const seated = { ...change, registration: { status: "confirmed" as const } };
    expect(letterTo(seated).text).not.toContain("お返事の期限");
  });

  test("accepting and declining are two links to one page", () => {
    const links = [...letterTo(anOffer).text.matchAll(/^https:\S+\/offer\/\S+$/gm)].map(String);
    expect(links).toEqual([links[0], `${links[0]}?answer=decline`]);
  });

  test("no English words in a Japanese mail, no Japanese words of ours in an English one", () => {
    const noNames: Changes = {
      person: { familyName: "", givenName: "" },
      event: { title: { ja: "", en: "" }, location: null, onlineUrl: null, cancelReason: null },
    };
    for (const { changes } of LETTER_CASES) {
      const plain = {
        ...changes,
        details: { from: "confirmed", location: "X", role: changes.role ?? null },
        event: { ...changes.event, ...noNames.event },
      };
      const write = (locale: "ja" | "en") => {
        const { subject, text } = letterTo({ ...plain, person: { ...noNames.person, locale } });
        return `${subject}\n${text}`.replace(/https:\S+|Tsudoi(?: Inc\.)?|集い|変更前：X/g, "");
      };
      expect(write("ja")).not.toMatch(/[A-Za-z]{2}/);
      expect(write("en")).not.toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
    }
  });

  test("a missing translation is filled from the other language", () => {
    const mail = letterTo({
      person: { locale: "en" },
      event: { title: { ja: "秋の勉強会", en: "" } },
    });
    expect(mail.subject).toBe("Your seat is confirmed: 秋の勉強会");
  });

  test("an English mail greets by name in the order of the name's script", () => {
    const greetingOf = (person: Changes["person"]) =>
      /^Dear .*$/m.exec(letterTo({ person: { ...person, locale: "en" } }).text)?.[0];
    expect(greetingOf({ familyName: "松本", givenName: "彩" })).toBe("Dear 松本 彩,");
    expect(greetingOf({ familyName: "Adler", givenName: "Mark" })).toBe("Dear Mark Adler,");
  });

  test("the reason of a decision is the one that came with it", () => {
    const mail = letterTo({
      kind: "registrations.cancellation",
      details: { from: "confirmed", reason: null },
      registration: { status: "cancelled", endedBy: "organizer" },
    });
    expect(mail.text).not.toContain("主催者より");
  });

  test("an invitation is told while one can come, to who is on the list and has no place", () => {
    const told = (changes: Changes) => write({ kind: "events.invitation", ...changes })?.template;
    expect(told({})).toBe("event_invitation");
    expect(told({ isInvited: false })).toBeUndefined();
    for (const status of ["draft", "closed", "cancelled", "archived"] as const) {
      expect({ status, told: told({ event: { status } }) }).toEqual({ status, told: undefined });
    }
    expect(told({ event: { endsAt: SENDER.now } })).toBeUndefined();
    expect(told({ event: { endsAt: new Date(SENDER.now.getTime() + 1) } })).toBe(
      "event_invitation",
    );
  });

  test("a role is told to who has it still", () => {
    for (const given of EVENT_ROLES) {
      const told = [null, ...EVENT_ROLES].filter(
        (role) =>
          write({ kind: "events.organizer-role", role, details: { role: given } }) !== undefined,
      );
      expect(told).toEqual([given]);
    }
  });
});

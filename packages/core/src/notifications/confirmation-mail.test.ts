import ICAL from "ical.js";
import { describe, expect, test } from "vitest";
import { someFacts } from "#test/facts.ts";
import { confirmationMail, type Kind } from "./confirmation-mail.ts";

const KINDS: Kind[] = ["confirmed", "waitlisted", "pending"];
const sender = {
  publicUrl: "https://tsudoi.example.test",
  from: { name: "Tsudoi", email: "tsudoi@example.test" },
  now: new Date("2026-11-20T09:00:00Z"),
};

const inEnglish = { person: { locale: "en" } };

describe("notifications/confirmation-mail", () => {
  test.each<[Kind, string, string]>([
    ["confirmed", "【申込確定】秋の勉強会", "You are registered: Autumn workshop"],
    ["waitlisted", "【キャンセル待ち】秋の勉強会", "You are on the waitlist: Autumn workshop"],
    ["pending", "【承認待ち】秋の勉強会", "Waiting for approval: Autumn workshop"],
  ])("a %s registration is told in its reader's language", (kind, japanese, english) => {
    const [ja, en] = [
      confirmationMail(someFacts(), kind, sender),
      confirmationMail(someFacts(inEnglish), kind, sender),
    ];
    expect([ja.subject, en.subject]).toEqual([japanese, english]);
    expect(ja.text).toContain("佐藤 花子 様");
    expect(ja.text).toContain("2026年11月26日(木) 15:00–17:00");
    expect(en.text).toContain("Dear 花子 佐藤,");
    expect(en.text).toContain("Thu 26 Nov 2026, 15:00 – 17:00");
    expect(ja.html).toContain('<html lang="ja">');
    expect(en.html).toContain('<html lang="en">');
    if (kind === "confirmed") expect(ja.html).toContain("申込が確定しました");
    for (const mail of [ja, en]) {
      expect(mail.template).toBe(`registration_${kind}`);
      expect(mail.to).toEqual({ name: "佐藤 花子", address: "hanako@example.test" });
      expect(mail.messageId).toBe("<01890000-0000-7000-8000-00000000000a@tsudoi>");
      for (const part of [mail.text, mail.html]) {
        expect(part).toContain("0042");
        expect(part).toContain(
          "https://tsudoi.example.test/events/01890000-0000-7000-8000-00000000000d",
        );
        expect(part).not.toMatch(/undefined|null|\[object/);
      }
    }
  });

  test("no English words in a Japanese mail, no Japanese words of ours in an English one", () => {
    for (const kind of KINDS) {
      const names = {
        person: { familyName: "Sato", givenName: "Hanako", locale: "en" },
        event: { location: "HQ" },
      };
      expect(confirmationMail(someFacts(names), kind, sender).text).not.toMatch(
        /[\u3040-\u30ff\u4e00-\u9fff]/,
      );
      const japanese = confirmationMail(
        someFacts({ event: { location: null, onlineUrl: null } }),
        kind,
        sender,
      );
      expect(japanese.text.replace(/https:\S+|Tsudoi/g, "")).not.toMatch(/[A-Za-z]{2}/);
    }
  });

  test("only a seat comes with the online link and a calendar entry", () => {
    for (const kind of KINDS) {
      const mail = confirmationMail(someFacts(), kind, sender);
      const hasSeat = kind === "confirmed";
      expect(mail.calendar !== undefined).toBe(hasSeat);
      expect(JSON.stringify(mail).includes("secret-room")).toBe(hasSeat);
    }
  });

  test("a place on the waitlist is told", () => {
    const facts = someFacts({ registration: { status: "waitlisted", position: 3 } });
    expect(confirmationMail(facts, "waitlisted", sender).text).toContain("順番：3 番目");
  });

  test("the zone is named where the reader lives in another", () => {
    expect(confirmationMail(someFacts(), "confirmed", sender).text).not.toContain("日本標準時");
    const abroad = someFacts({ person: { locale: "en", timeZone: "Europe/Berlin" } });
    expect(confirmationMail(abroad, "confirmed", sender).text).toContain(
      "Thu 26 Nov 2026, 15:00 – 17:00 (Japan Standard Time)",
    );
  });

  test("a missing translation is filled from the other language", () => {
    const facts = someFacts({
      person: { locale: "en" },
      event: { title: { ja: "秋の勉強会", en: "" } },
    });
    expect(confirmationMail(facts, "confirmed", sender).subject).toBe(
      "You are registered: 秋の勉強会",
    );
  });

  test("the entry says the same as the letter, and rises with the event's version", () => {
    const { calendar } = confirmationMail(someFacts(), "confirmed", sender);
    const entry = new ICAL.Component(ICAL.parse(calendar?.content ?? "")).getFirstSubcomponent(
      "vevent",
    );
    const event = new ICAL.Event(entry ?? new ICAL.Component("vevent"));
    expect(calendar?.method).toBe("REQUEST");
    const host = entry?.getFirstProperty("organizer");
    expect([host?.getFirstParameter("cn"), host?.getFirstValue()]).toEqual([
      "集い株式会社",
      "mailto:tsudoi@example.test",
    ]);
    expect({
      summary: event.summary,
      sequence: event.sequence,
      location: event.location,
      description: event.description,
      start: event.startDate.toJSDate(),
    }).toEqual({
      summary: "秋の勉強会",
      sequence: 2,
      location: "本社 12F",
      description: "ノートをお持ちください。\n\nhttps://meet.example.test/secret-room",
      start: new Date("2026-11-26T06:00:00Z"),
    });
  });

  const evil = `</style><script>alert(1)</script><img src=x onerror="alert(1)">&'`;
  test.each<[string, Parameters<typeof someFacts>[0]]>([
    ["a name", { person: { familyName: evil, givenName: evil } }],
    ["a title", { event: { title: { ja: evil, en: evil } } }],
    ["a place", { event: { location: evil } }],
    ["a link", { event: { onlineUrl: evil } }],
  ])("%s is text, never markup", (_what, changes) => {
    for (const kind of KINDS) {
      const written = confirmationMail(someFacts(changes), kind, sender).html;
      const plain = confirmationMail(someFacts(), kind, sender).html;
      expect(written.match(/<\w+/g)).toEqual(plain.match(/<\w+/g));
      expect(written).not.toContain('onerror="');
    }
  });
});

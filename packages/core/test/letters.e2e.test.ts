import { NOTIFICATION_KINDS } from "@tsudoi/shared/notifications.ts";
import { LOCALES } from "@tsudoi/shared/text.ts";
import { MAIL_TEMPLATES } from "@tsudoi/telemetry/names.ts";
import ICAL from "ical.js";
import PostalMime, { type Email } from "postal-mime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMailer, type Mailer } from "#core/platform/mail.ts";
import type { Changes } from "./facts.ts";
import type { LetterCase } from "./letter-case.ts";
import { LETTER_CASES } from "./letter-cases.ts";
import { letterTo, SENDER } from "./letters.ts";
import { type SmtpService, startSmtp } from "./services/smtp.ts";

let smtp: SmtpService;
let mailer: Mailer;
beforeAll(async () => {
  smtp = await startSmtp();
  mailer = createMailer({ url: smtp.url, from: "Tsudoi <tsudoi@example.test>" });
});
afterAll(async () => {
  mailer.close();
  await smtp[Symbol.asyncDispose]();
});

type Received = Email & { text: string; html: string };

/** The letter as the server took it. */
async function receive(changes: Changes): Promise<Received> {
  smtp.messages.length = 0;
  await mailer.send(letterTo(changes));
  expect(smtp.messages.map(({ to }) => to)).toEqual([["hanako@example.test"]]);
  const { text = "", html = "", ...mail } = await PostalMime.parse(smtp.messages[0]?.raw ?? "");
  return { ...mail, text, html };
}

const CASES = LETTER_CASES.flatMap((letter) => LOCALES.map((locale) => ({ letter, locale })));

function inLocale({ changes }: LetterCase, locale: "ja" | "en"): Changes {
  return { ...changes, person: { ...changes.person, locale } };
}

/** All the html part says and leads to, in order, as the text part puts it. */
function told(html: string): string {
  return html
    .replace(/<style>.*?<\/style>|<title>.*?<\/title>/gs, "")
    .replace(/<a href="([^"]*)"[^>]*>(.*?)<\/a>/gs, "$2 $1 ")
    .replace(/<[^>]*>/g, " ")
    .replace(/&(lt|gt|quot|amp|#39);/g, (_, name: string) => SIGNS[name] ?? "");
}
const SIGNS: Record<string, string> = { lt: "<", gt: ">", quot: '"', amp: "&", "#39": "'" };

/** Without what sets words apart. */
function bare(text: string): string {
  return text.replace(/[\s:：>]/g, "");
}

function hrefs({ html }: Received): string[] {
  return [...html.matchAll(/href="([^"]*)"/g)].map(([, href = ""]) => href);
}

function entryOf(mail: Received) {
  const attached = mail.attachments.find(({ mimeType }) => mimeType === "text/calendar");
  if (attached === undefined) return undefined;
  const { content } = attached;
  const text = typeof content === "string" ? content : new TextDecoder().decode(content);
  const calendar = new ICAL.Component(ICAL.parse(text));
  const entry = new ICAL.Event(calendar.getFirstSubcomponent("vevent") ?? calendar);
  return {
    method: calendar.getFirstPropertyValue("method"),
    declared: attached.method,
    uid: entry.uid,
    sequence: entry.sequence,
    text,
  };
}

describe("letters over SMTP", () => {
  test("the cases are every kind and every template there is", () => {
    const kinds = new Set(LETTER_CASES.map(({ changes }) => changes.kind));
    expect(kinds).toEqual(new Set(NOTIFICATION_KINDS));
    expect(new Set(LETTER_CASES.map(({ template }) => template))).toEqual(new Set(MAIL_TEMPLATES));
  });

  test.each(CASES)("$letter.name ($locale)", async ({ letter, locale }) => {
    const mail = await receive(inLocale(letter, locale));
    expect(mail).toMatchObject({
      subject: letter.subject[locale],
      from: { name: "Tsudoi", address: "tsudoi@example.test" },
      messageId: "<01890000-0000-7000-8000-00000000000a@tsudoi>",
    });
    expect(mail.html).toContain(`<html lang="${locale}">`);
    const organization = locale === "ja" ? "集い株式会社" : "Tsudoi Inc.";
    const facts =
      locale === "ja"
        ? ["佐藤 花子 様", "秋の勉強会", "2026年11月26日(木) 15:00–17:00", organization]
        : ["Dear 佐藤 花子,", "Autumn workshop", "Thu 26 Nov 2026, 15:00 – 17:00", organization];
    for (const words of [...facts, ...letter.says[locale]]) expect(mail.text).toContain(words);
    for (const part of [mail.text, mail.html]) {
      expect(part).not.toMatch(/undefined|null|\[object|NaN|Invalid/);
    }
    expect(bare(mail.text)).toBe(bare(told(mail.html).replace(organization, "") + organization));
  });

  test.each(CASES)(
    "$letter.name ($locale) leads to our address only",
    async ({ letter, locale }) => {
      const mail = await receive(inLocale(letter, locale));
      const links = hrefs(mail).map((href) => new URL(href));
      expect(new Set(links.map(({ origin }) => origin))).toEqual(new Set([SENDER.publicUrl]));
      const about = { organizationId: ORGANIZATION, id: REGISTRATION, generation: 1 };
      const act = (purpose: "offer" | "leave") =>
        letter.links?.includes(purpose) ? [`/${purpose}/${SENDER.links.sign(purpose, about)}`] : [];
      expect(new Set(links.map(({ pathname }) => pathname))).toEqual(
        new Set([
          `/events/${EVENT}`,
          ...(letter.links?.includes("draw") ? [`/events/${EVENT}/draw`] : []),
          ...(letter.links?.includes("manage") ? [`/organize/events/${EVENT}`] : []),
          ...act("offer"),
          ...act("leave"),
        ]),
      );
    },
  );

  test.each(CASES)(
    "$letter.name ($locale) changes the calendar of who has or had a seat",
    async ({ letter, locale }) => {
      const mail = await receive(inLocale(letter, locale));
      const entry = entryOf(mail);
      expect(entry?.method).toBe(letter.calendar);
      if (entry === undefined) return;
      expect(entry).toMatchObject({
        declared: letter.calendar,
        uid: `${REGISTRATION}@tsudoi`,
        sequence: letter.calendar === "CANCEL" ? 3 : 2,
      });
      expect(entry.text.includes("secret-room")).toBe(letter.calendar === "REQUEST");
    },
  );

  const evil = `"></style><script>alert(1)</script><img src=x onerror="alert(1)">&amp;'`;
  test.each(LETTER_CASES)("$name: what people wrote is text, never markup", async ({ changes }) => {
    const hostile = (text: string): Changes => ({
      ...changes,
      details: changes.details == null ? null : { ...changes.details, reason: text },
      person: { familyName: text, givenName: text },
      event: {
        ...changes.event,
        title: { ja: text, en: text },
        location: text,
        onlineUrl: text,
        cancelReason: text,
      },
    });
    const [attacked, plain] = [await receive(hostile(evil)), await receive(hostile("plain"))];
    const markup = (mail: Received) => mail.html.match(/<\/?\w+/g);
    expect(markup(attacked)).toEqual(markup(plain));
    expect(attacked.html).not.toContain(evil);
    expect(attacked.text).toContain(evil);
    expect(hrefs(attacked)).toEqual(hrefs(plain));
  });

  test.each(LETTER_CASES)("$name: no header can be written into it", async ({ changes }) => {
    const text = "x\r\nBcc: evil@evil.test\r\n\r\nbody";
    const injected = await receive({
      ...changes,
      person: { familyName: text, givenName: text },
      event: { ...changes.event, title: { ja: text, en: text }, location: text },
    });
    const plain = await receive(changes);
    const names = (mail: Received) => mail.headers.map(({ key }) => key);
    expect(names(injected)).toEqual(names(plain));
    expect([injected.bcc, injected.cc]).toEqual([undefined, undefined]);
  });
});

const ORGANIZATION = "01890000-0000-7000-8000-00000000000b";
const REGISTRATION = "01890000-0000-7000-8000-00000000000c";
const EVENT = "01890000-0000-7000-8000-00000000000d";

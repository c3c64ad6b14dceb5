import { inspect } from "node:util";
import { createMetrics } from "@tsudoi/telemetry/metrics.ts";
import ICAL from "ical.js";
import PostalMime from "postal-mime";
import { describe, expect, test } from "vitest";
import { isOpenCircuit } from "#core/platform/breaker.ts";
import {
  createMailer,
  type Mail,
  type MailerOptions,
  MailRefusedError,
  MailTroubleError,
} from "#core/platform/mail.ts";
import { letterTo } from "./letters.ts";
import { startSmtp } from "./services/smtp.ts";

const from = "Tsudoi <tsudoi@example.test>";

function aMail(changes: { name?: string; title?: string; address?: string } = {}): Mail {
  const { name = "花子", title = "秋の勉強会", address = "hanako@example.test" } = changes;
  return letterTo({
    person: { givenName: name, email: address },
    event: { title: { ja: title, en: title } },
  });
}

/** A mailer and the server it talks to. */
async function setStage(options: Partial<MailerOptions> = {}) {
  await using cleanUp = new AsyncDisposableStack();
  const smtp = cleanUp.use(await startSmtp());
  const metrics = createMetrics("worker");
  const url = smtp.url.replace("//", "//user:password@");
  const mailer = cleanUp.adopt(createMailer({ url, from, metrics, ...options }), (made) =>
    made.close(),
  );
  const owned = cleanUp.move();
  return { smtp, mailer, metrics, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

describe("platform/mail over SMTP", () => {
  test("arrives as it was meant, the calendar entry with it", async () => {
    await using stage = await setStage();
    await stage.mailer.send(aMail());
    const [message] = stage.smtp.messages;
    expect({ from: message?.from, to: message?.to }).toEqual({
      from: "tsudoi@example.test",
      to: ["hanako@example.test"],
    });
    const mail = await PostalMime.parse(message?.raw ?? "");
    expect(mail).toMatchObject({
      subject: "【参加確定】秋の勉強会",
      from: { name: "Tsudoi", address: "tsudoi@example.test" },
      to: [{ name: "佐藤 花子", address: "hanako@example.test" }],
      messageId: "<01890000-0000-7000-8000-00000000000a@tsudoi>",
    });
    expect(mail.text).toContain("佐藤 花子 様");
    expect(mail.html).toContain("参加が確定しました");
    expect(mail.headers.find(({ key }) => key === "auto-submitted")?.value).toBe("auto-generated");
    const entry = mail.attachments.find(({ mimeType }) => mimeType === "text/calendar");
    const content =
      typeof entry?.content === "string" ? entry.content : new TextDecoder().decode(entry?.content);
    expect(new ICAL.Component(ICAL.parse(content)).getFirstPropertyValue("method")).toBe("REQUEST");
    expect(message?.raw).toMatch(/content-type: text\/calendar;[^\n]*method=REQUEST/i);
  });

  test("the same message has the same id each time, so that a repeat can be told", async () => {
    await using stage = await setStage();
    await stage.mailer.send(aMail());
    await stage.mailer.send(aMail());
    const ids = await Promise.all(
      stage.smtp.messages.map(async ({ raw }) => (await PostalMime.parse(raw)).messageId),
    );
    expect(new Set(ids).size).toBe(1);
  });

  test.each([
    "x\r\nBcc: evil@evil.test",
    "x\nBcc: evil@evil.test\n\nbody",
    "x\rBcc: evil@evil.test",
    'x" <evil@evil.test>, "y',
    "x>, <evil@evil.test",
    "x, evil@evil.test",
    "=?utf-8?Q?=0D=0ABcc:evil@evil.test?=",
    "x\u0000y",
    "x\u2028Bcc: evil@evil.test",
    "あ".repeat(500),
  ])("a name or title of %j stays in its header", async (text) => {
    await using stage = await setStage();
    await stage.mailer.send(aMail({ name: text, title: text }));
    await stage.mailer.send(aMail());
    const [hostile, plain] = await Promise.all(
      stage.smtp.messages.map(({ raw }) => PostalMime.parse(raw)),
    );
    const names = (mail: typeof plain) => mail?.headers.map(({ key }) => key);
    expect(names(hostile)).toEqual(names(plain));
    expect(stage.smtp.messages.map(({ to }) => to)).toEqual([
      ["hanako@example.test"],
      ["hanako@example.test"],
    ]);
    expect(hostile?.to?.map(({ address }) => address)).toEqual(["hanako@example.test"]);
    expect(hostile?.bcc).toBeUndefined();
  });

  test.each([
    "a@example.test, b@example.test",
    "a@example.test\r\nRCPT TO:<b@example.test>",
    '"a@evil.test x"@example.test',
    "a@example.test>",
    "Name <a@example.test>",
  ])("an address of %j is never sent as something else", async (address) => {
    await using stage = await setStage();
    await expect(stage.mailer.send(aMail({ address }))).rejects.toBeInstanceOf(MailRefusedError);
    const reached = stage.smtp.messages.flatMap(({ to }) => to);
    expect(reached.filter((each) => each !== address && each !== "a@example.test")).toEqual([]);
  });

  test("a refusal is for good, trouble is for now, and both are counted", async () => {
    await using stage = await setStage();
    stage.smtp.behave("refuse");
    await expect(stage.mailer.send(aMail())).rejects.toBeInstanceOf(MailRefusedError);
    for (const trouble of ["tempfail", "hang-up"] as const) {
      stage.smtp.behave(trouble);
      const failed = await stage.mailer.send(aMail()).catch((error: unknown) => error);
      expect(failed).toBeInstanceOf(MailTroubleError);
    }
    const { body } = await stage.metrics.render();
    for (const [outcome, count] of [
      ["permanent", 1],
      ["transient", 2],
    ]) {
      expect(body).toContain(
        `mail_send_duration_seconds_count{template="registration_confirmed",outcome="${outcome}"} ${count}`,
      );
    }
  });

  test.each(["turn-away", "refuse-login", "refuse-sender", "hang-up"] as const)(
    "a server that does %s is in trouble itself: its mails are not lost, and it is left alone",
    async (behaviour) => {
      await using stage = await setStage();
      stage.smtp.behave(behaviour);
      const ends: unknown[] = [];
      for (let message = 0; message < 6; message += 1) {
        ends.push(await stage.mailer.send(aMail()).catch((error: unknown) => error));
      }
      expect(ends.slice(0, 5)).toEqual(
        Array.from({ length: 5 }, () => expect.objectContaining({ isOutage: true })),
      );
      expect(isOpenCircuit(ends.at(-1))).toBe(true);
      const { body } = await stage.metrics.render();
      expect(body).toContain('circuit_breaker_state{dependency="mail",state="open"} 1');
    },
  );

  test.each(["refuse", "tempfail"] as const)(
    "what a server says of single messages (%s) is no trouble of its own",
    async (behaviour) => {
      await using stage = await setStage();
      stage.smtp.behave(behaviour);
      for (let message = 0; message < 10; message += 1) {
        const failed = await stage.mailer.send(aMail()).catch((error: unknown) => error);
        expect(isOpenCircuit(failed)).toBe(false);
      }
    },
  );

  test("a server that refuses one person after another refuses everybody: it is left alone", async () => {
    await using stage = await setStage();
    const sendTo = (who: number) =>
      stage.mailer.send(aMail({ address: `person${who}@example.test` })).then(
        () => "sent",
        (error: unknown) => error,
      );
    stage.smtp.behave("refuse");
    const ends: unknown[] = [];
    for (let who = 0; who < 10; who += 1) ends.push(await sendTo(who));
    expect(ends.slice(0, 4).every((end) => end instanceof MailRefusedError)).toBe(true);
    expect(ends.slice(4, 9)).toEqual(
      Array.from({ length: 5 }, () => expect.objectContaining({ isOutage: true })),
    );
    expect(isOpenCircuit(ends.at(-1))).toBe(true);
  });

  test("a server that takes a mail in between refuses people, not everybody", async () => {
    await using stage = await setStage();
    for (let who = 0; who < 12; who += 1) {
      stage.smtp.behave(who % 4 === 3 ? "accept" : "refuse");
      const end = await stage.mailer.send(aMail({ address: `person${who}@example.test` })).then(
        () => "sent",
        (error: unknown) => (error as Error).name,
      );
      expect(end).toBe(who % 4 === 3 ? "sent" : "MailRefusedError");
    }
  });

  test("a mail's time is limited as a whole", async () => {
    await using stage = await setStage({ sendMs: 200 });
    stage.smtp.behave("tarpit");
    const failed = await stage.mailer.send(aMail()).catch((error: unknown) => error);
    expect(failed).toMatchObject({ name: "MailTroubleError", isOutage: true });
  });

  test.each(["refuse", "tempfail"] as const)(
    "what it says (%s) does not tell who was to read it",
    async (behaviour) => {
      await using stage = await setStage();
      stage.smtp.behave(behaviour);
      const failed = await stage.mailer.send(aMail()).catch((error: unknown) => error);
      expect(inspect(failed)).not.toContain("hanako");
      expect(failed).toMatchObject({
        message: `EENVELOPE RCPT TO ${behaviour === "refuse" ? 550 : 451}`,
      });
    },
  );
});

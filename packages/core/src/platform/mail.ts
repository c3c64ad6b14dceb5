import type { Metrics } from "@tsudoi/telemetry/metrics.ts";
import type { MAIL_TEMPLATES } from "@tsudoi/telemetry/names.ts";
import { createTransport } from "nodemailer";
import { createBreaker } from "./breaker.ts";
import { currentCall } from "./call.ts";

export type Mail = {
  /** Stable for one ledger row, so that a provider or a reader can tell a repeat. */
  messageId: string;
  template: (typeof MAIL_TEMPLATES)[number];
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  /** A calendar entry, offered as one by mail programs that know them. */
  calendar?: { method: "REQUEST" | "CANCEL"; content: string };
};

/** What a mail server said no to for good: the address or the message, not the moment. */
export class MailRefusedError extends Error {
  override name = "MailRefusedError";
}

export type Mailer = {
  from: { name: string; email: string };
  send: (mail: Mail) => Promise<void>;
  close: () => void;
};

const CONNECT_MS = 5_000;
const SOCKET_MS = 10_000;
const CONNECTIONS = 5;
const FIRST_PERMANENT_CODE = 500;

export function createMailer(options: { url: string; from: string; metrics?: Metrics }): Mailer {
  const { metrics } = options;
  const transport = createTransport({
    url: options.url,
    pool: true,
    maxConnections: CONNECTIONS,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SOCKET_MS,
    // Nothing in a message may name a file or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  } as Parameters<typeof createTransport>[0]);
  const breaker = createBreaker({
    dependency: "mail",
    isOutage: (error) => !(error instanceof MailRefusedError),
    ...(metrics === undefined ? {} : { metrics }),
  });
  return {
    from: parseFrom(options.from),
    async send(mail) {
      await breaker.execute(async () => {
        const startedAt = performance.now();
        const observe = (outcome: "ok" | "transient" | "permanent") =>
          metrics?.mailSendDurationSeconds.observe(
            { template: mail.template, outcome },
            (performance.now() - startedAt) / 1_000,
          );
        try {
          const info = await transport.sendMail(compose(mail, options.from));
          assertOneRecipient(info.envelope.to, mail.to.address);
          observe("ok");
        } catch (error) {
          const refused = isPermanent(error);
          observe(refused ? "permanent" : "transient");
          throw refused
            ? new MailRefusedError("the mail server refused the message", { cause: error })
            : error;
        }
      });
    },
    close: () => transport.close(),
  };
}

/** `Tsudoi <tsudoi@example.org>` or the address alone. */
function parseFrom(from: string): { name: string; email: string } {
  const [, name = "", email = from] = /^(.*)<([^<>]+)>$/.exec(from) ?? [];
  return { name: name.trim() || "Tsudoi", email: email.trim() };
}

function compose(mail: Mail, from: string) {
  return {
    messageId: mail.messageId,
    from,
    to: mail.to,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    headers: {
      "Auto-Submitted": "auto-generated",
      // From a person's mail back to the tap that caused it.
      "X-Request-Id": currentCall()?.requestId ?? "",
    },
    ...(mail.calendar === undefined
      ? {}
      : {
          icalEvent: {
            method: mail.calendar.method,
            filename: "event.ics",
            content: mail.calendar.content,
          },
        }),
  };
}

/** Address parsers disagree on odd input; a message that went elsewhere must not pass for sent. */
function assertOneRecipient(envelope: unknown, expected: string): void {
  if (Array.isArray(envelope) && envelope.length === 1 && envelope[0] === expected) return;
  throw new MailRefusedError("the message went to another recipient than the one intended");
}

function isPermanent(error: unknown): boolean {
  return (
    error instanceof MailRefusedError ||
    (error instanceof Error &&
      "responseCode" in error &&
      typeof error.responseCode === "number" &&
      error.responseCode >= FIRST_PERMANENT_CODE)
  );
}

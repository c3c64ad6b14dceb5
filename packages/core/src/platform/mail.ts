import type { Metrics } from "@tsudoi/telemetry/metrics.ts";
import type { MAIL_TEMPLATES } from "@tsudoi/telemetry/names.ts";
import { createTransport } from "nodemailer";
import { type Breaker, createBreaker } from "./breaker.ts";
import { currentCall } from "./call.ts";
import { type MailAddress, parseMailAddress } from "./mail-address.ts";

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

/** What may go well another time. Carries codes only: a server's text may name who was to read the mail. */
export class MailTroubleError extends Error {
  override name = "MailTroubleError";
  /** The server itself is in trouble, not one message at it. */
  readonly isOutage: boolean;

  constructor(message: string, isOutage: boolean) {
    super(message);
    this.isOutage = isOutage;
  }
}

export type Mailer = {
  from: MailAddress;
  send: (mail: Mail) => Promise<void>;
  /** Tells when the server is left alone, asked again, and back. */
  onCircuitChange: Breaker["onChange"];
  close: () => void;
};

/** As many mails as may be on their way at a time. */
export const MAIL_CONNECTIONS = 10;
const CONNECT_MS = 5_000;
const SOCKET_MS = 10_000;
const SEND_MS = 30_000;
const SERVICE_NOT_AVAILABLE = 421;
/** So many people refused one after another, and no mail taken in between: it is not they. */
const REFUSES_EVERYBODY = 5;

export type MailerOptions = {
  url: string;
  from: string;
  metrics?: Metrics;
  /** For the whole of a mail, also where each answer comes just in time. */
  sendMs?: number;
};

export function createMailer(options: MailerOptions): Mailer {
  const { metrics, sendMs = SEND_MS } = options;
  const transport = createTransport({
    url: options.url,
    pool: true,
    maxConnections: MAIL_CONNECTIONS,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SOCKET_MS,
    // Nothing in a message may name a file or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  } as Parameters<typeof createTransport>[0]);
  const breaker = createBreaker({
    dependency: "mail",
    isOutage: (error) => error instanceof MailTroubleError && error.isOutage,
    ...(metrics === undefined ? {} : { metrics }),
  });
  const refused = new Set<string>();
  const refusesEverybody = (address: string) => {
    if (refused.size < REFUSES_EVERYBODY) refused.add(address);
    return refused.size === REFUSES_EVERYBODY;
  };
  return {
    from: parseMailAddress(options.from),
    async send(mail) {
      await breaker.execute(async () => {
        const startedAt = performance.now();
        const observe = (outcome: "ok" | "transient" | "permanent") =>
          metrics?.mailSendDurationSeconds.observe(
            { template: mail.template, outcome },
            (performance.now() - startedAt) / 1_000,
          );
        try {
          const signal = AbortSignal.timeout(sendMs);
          const info = await transport.sendMail({ ...compose(mail, options.from), signal });
          refused.clear();
          assertOneRecipient(info.envelope.to, mail.to.address);
          observe("ok");
        } catch (error) {
          const failure = toFailure(error);
          const isRefusal = failure instanceof MailRefusedError;
          observe(isRefusal ? "permanent" : "transient");
          if (isRefusal && refusesEverybody(mail.to.address)) {
            throw new MailTroubleError(failure.message, true);
          }
          throw failure;
        }
      });
    },
    onCircuitChange: breaker.onChange,
    close: () => transport.close(),
  };
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

/** What nodemailer says of a failure: where in the dialogue, and what the server answered. */
type Trouble = Error & {
  code?: string;
  originalCode?: string;
  command?: string;
  responseCode?: number;
  permanent?: boolean;
};

/** Only an answer to the recipient or to the message is about this mail; any other is about the server. */
function toFailure(error: unknown): MailRefusedError | MailTroubleError {
  if (error instanceof MailRefusedError) return error;
  const trouble: Trouble = error instanceof Error ? error : new Error(String(error));
  const { code, originalCode, command, responseCode, permanent } = trouble;
  const text = [code ?? trouble.name, originalCode, command, responseCode]
    .filter((part) => part !== undefined)
    .join(" ");
  const isAnswer = responseCode !== undefined && (command === "RCPT TO" || command === "DATA");
  if (isAnswer && permanent === true) return new MailRefusedError(text);
  // Said by this side, before a server was asked.
  const isOurs = command === "API" && code === "EENVELOPE";
  const isAboutMail = isOurs || (isAnswer && responseCode !== SERVICE_NOT_AVAILABLE);
  return new MailTroubleError(text, !isAboutMail);
}

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";

/**
 * accept: takes every message · refuse: 550 for every recipient · tempfail: 451 for every recipient ·
 * tarpit: answers nothing until the behaviour changes · hang-up: takes the message, then cuts the line ·
 * turn-away: 554 as a greeting · refuse-login: 535 for every password · refuse-sender: 550 for every sender.
 */
export type SmtpBehaviour =
  | "accept"
  | "refuse"
  | "tempfail"
  | "tarpit"
  | "hang-up"
  | "turn-away"
  | "refuse-login"
  | "refuse-sender";

export type ReceivedMessage = { from: string; to: string[]; raw: string; at: Date };

export type SmtpOptions = {
  port?: number;
  /** How long each message waits for its answer. */
  delayMs?: number;
  onMessage?: (message: ReceivedMessage) => void;
};

export type SmtpService = AsyncDisposable & {
  readonly url: string;
  readonly port: number;
  /** Every message taken, in order, exactly as it came. */
  readonly messages: ReceivedMessage[];
  /** How many answers a tarpit keeps back now. */
  held(): number;
  /** Applies to sessions that are open, too. */
  behave(behaviour: SmtpBehaviour): void;
  stop(): Promise<void>;
};

type Answer = (error?: Error | null) => void;

/** A real SMTP server on loopback that keeps what it takes and misbehaves when told to. */
export async function startSmtp(options: SmtpOptions = {}): Promise<SmtpService> {
  let behaviour: SmtpBehaviour = "accept";
  let held = 0;
  let changed = Promise.withResolvers<void>();
  const messages: ReceivedMessage[] = [];

  const verdict = async (about = "message"): Promise<Error | undefined> => {
    held += 1;
    while (behaviour === "tarpit") await changed.promise;
    held -= 1;
    if (behaviour === "refuse") return smtpError(550, `<${about}>: No such user here`);
    if (behaviour === "tempfail") return smtpError(451, `<${about}>: Try again later`);
    return undefined;
  };
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    closeTimeout: 100,
    onConnect: (_session, answer: Answer) =>
      answer(behaviour === "turn-away" ? smtpError(554, "Not today") : null),
    onAuth: ({ username = "" }, _session, answer) =>
      behaviour === "refuse-login"
        ? answer(smtpError(535, "Wrong password"))
        : answer(null, { user: username }),
    onMailFrom: (_address, _session, answer: Answer) =>
      answer(behaviour === "refuse-sender" ? smtpError(550, "Not you") : null),
    onRcptTo: ({ address }, _session, answer: Answer) => void verdict(address).then(answer),
    onData: (stream, session, answer: Answer) =>
      void receive(stream, session).then(async (message) => {
        if (options.delayMs) await wait(options.delayMs);
        messages.push(message);
        options.onMessage?.(message);
        if (behaviour === "hang-up") closeConnections(server);
        else answer(await verdict());
      }, answer),
  });
  // A client that goes away in the middle is what the fault tests are about.
  server.on("error", () => {});
  const listener = server.listen(options.port ?? 0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as AddressInfo;

  const behave = (next: SmtpBehaviour) => {
    behaviour = next;
    changed.resolve();
    changed = Promise.withResolvers();
  };
  const stop = async () => {
    behave("accept");
    await new Promise<void>((resolve) => server.close(resolve));
  };
  const url = `smtp://127.0.0.1:${port}`;
  return { url, port, messages, held: () => held, behave, stop, [Symbol.asyncDispose]: stop };
}

async function receive(
  stream: SMTPServerDataStream,
  { envelope }: SMTPServerSession,
): Promise<ReceivedMessage> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return {
    from: envelope.mailFrom ? envelope.mailFrom.address : "",
    to: envelope.rcptTo.map(({ address }) => address),
    raw: Buffer.concat(chunks).toString("utf8"),
    at: new Date(),
  };
}

function closeConnections(server: SMTPServer): void {
  for (const connection of server.connections) connection._socket?.destroy();
}

function smtpError(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}

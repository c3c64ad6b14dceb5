import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerDataStream } from "smtp-server";
import { BASE, listPage, mailPage, missingPage, POLICY } from "./pages.ts";
import { type MailStore, openMailStore } from "./store.ts";

export type Mailbox = AsyncDisposable & {
  smtpUrl: string;
  /** Where its pages are, for a server that shows them under /dev/mail. */
  url: string;
};

const HOST = "127.0.0.1";
const MAX_MAIL_BYTES = 10 * 1024 * 1024;
const PAGE_SIZE = 50;
const CLOSE_TIMEOUT_MS = 5_000;

export type MailboxOptions = {
  folder: string;
  /** How many of the last messages. */
  keep?: number | undefined;
  /** Told in one line when messages cannot be kept, and when they can again. */
  say?: (line: string) => void;
};

/** A mail server that keeps every message instead of passing it on, and shows the last ones on a page. */
export async function startMailbox(options: MailboxOptions): Promise<Mailbox> {
  const { folder, keep, say = () => {} } = options;
  const store = openMailStore(folder, keep);
  const smtp = createSmtp(tellOfTrouble(store, folder, say));
  const pages = createServer((request, response) => {
    answer(store, request.url ?? "/", response).catch(() => response.destroy());
  });
  const [smtpPort, pagesPort] = await Promise.all([
    listen(smtp.server as unknown as Server),
    listen(pages),
  ]);
  return {
    smtpUrl: `smtp://${HOST}:${smtpPort}`,
    url: `http://${HOST}:${pagesPort}`,
    async [Symbol.asyncDispose]() {
      pages.closeAllConnections();
      await Promise.all([
        new Promise((resolve) => smtp.close(() => resolve(undefined))),
        new Promise((resolve) => pages.close(resolve)),
      ]);
    },
  };
}

function createSmtp(store: Pick<MailStore, "add">): SMTPServer {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    size: MAX_MAIL_BYTES,
    closeTimeout: CLOSE_TIMEOUT_MS,
    onData(stream, session, callback) {
      const recipients = session.envelope.rcptTo.map(({ address }) => address);
      // Answered only when the message is on disk: what was accepted is never lost.
      receive(stream)
        .then((raw) => {
          if (raw === undefined) throw answerOf(552, "Message exceeds the size limit");
          store.add(raw, recipients);
        })
        .then(() => callback(), callback);
    },
  });
  // A client that hangs up in the middle has delivered nothing; it will try again.
  server.on("error", () => {});
  return server;
}

async function receive(stream: SMTPServerDataStream): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return stream.sizeExceeded ? undefined : Buffer.concat(chunks);
}

/** What cannot be written now is asked for again later: nobody's mail is lost by a full disk. */
function tellOfTrouble(
  store: MailStore,
  folder: string,
  say: (line: string) => void,
): Pick<MailStore, "add"> {
  let inTrouble = false;
  return {
    add(raw, recipients) {
      try {
        const id = store.add(raw, recipients);
        if (inTrouble) say("Mail is kept again");
        inTrouble = false;
        return id;
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        if (!inTrouble) say(`Mail cannot be kept in ${folder} (${code ?? message}): it waits`);
        inTrouble = true;
        throw answerOf(452, "Message cannot be kept now");
      }
    },
  };
}

function answerOf(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}

async function listen(server: Server): Promise<number> {
  server.listen(0, HOST);
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

async function answer(store: MailStore, target: string, response: ServerResponse): Promise<void> {
  const url = new URL(target, `http://${HOST}`);
  const path = url.pathname.startsWith(BASE) ? url.pathname.slice(BASE.length) : url.pathname;
  const [, id = "", kind, part] = path.split("/");
  if (id === "" || id === "messages.json") return await answerList(store, url, response);
  const mail = await store.find(id);
  if (mail === undefined) return send(response, { status: 404, html: missingPage() });
  if (kind === undefined) return send(response, { html: mailPage(mail) });
  if (kind === "raw") return send(response, { download: `${id}.eml`, content: store.findRaw(id) });
  const attachment = kind === "parts" ? mail.attachments[Number(part)] : undefined;
  if (attachment === undefined) return send(response, { status: 404, html: missingPage() });
  send(response, { download: attachment.name, content: attachment.content });
}

async function answerList(store: MailStore, url: URL, response: ServerResponse): Promise<void> {
  const to = url.searchParams.get("to") ?? "";
  const before = url.searchParams.get("before") ?? undefined;
  const mails = await store.list({ before, to, limit: PAGE_SIZE });
  const next = mails.length === PAGE_SIZE ? mails.at(-1)?.id : undefined;
  if (!url.pathname.endsWith(".json"))
    return send(response, { html: listPage(mails, { to, next }) });
  send(response, { json: { items: mails, nextCursor: next ?? null } });
}

type Answer =
  | { status?: number; html: string }
  | { json: unknown }
  | { download: string; content: Buffer | undefined };

/** A download is bytes and nothing else: a browser must neither guess at it nor show it as a page of ours. */
function send(response: ServerResponse, body: Answer): void {
  const headers: Record<string, string> = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
  };
  if ("html" in body) {
    response.writeHead(body.status ?? 200, {
      ...headers,
      "content-type": "text/html; charset=utf-8",
    });
    response.end(body.html);
    return;
  }
  if ("json" in body) {
    response.writeHead(200, { ...headers, "content-type": "application/json; charset=utf-8" });
    response.end(JSON.stringify(body.json));
    return;
  }
  response.writeHead(200, {
    ...headers,
    "content-type": "application/octet-stream",
    "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(body.download)}`,
  });
  response.end(body.content);
}

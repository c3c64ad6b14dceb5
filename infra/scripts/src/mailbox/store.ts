import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import PostalMime, { type Attachment, type Email } from "postal-mime";

export type MailSummary = { id: string; at: string; to: string; from: string; subject: string };

export type StoredMail = MailSummary & {
  text: string;
  /** As the sender wrote it: only ever shown in a sandbox. */
  html: string | undefined;
  attachments: MailAttachment[];
};
export type MailAttachment = { name: string; mimeType: string; content: Buffer };

export type MailFilter = { before?: string | undefined; to?: string | undefined; limit: number };

/** The last messages, a file each: they outlive the process that took them, and older ones go. */
export type MailStore = {
  add: (raw: Buffer, recipients: string[]) => string;
  /** Newest first. */
  list: (filter: MailFilter) => Promise<MailSummary[]>;
  find: (id: string) => Promise<StoredMail | undefined>;
  findRaw: (id: string) => Buffer | undefined;
};

const KEPT_MAILS = 500;
const ID_DIGITS = 9;

export function openMailStore(folder: string, keep = KEPT_MAILS): MailStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const ids = readdirSync(folder)
    .flatMap((file) => /^(\d+)\.eml$/.exec(file)?.[1] ?? [])
    .sort();
  const summaries = new Map<string, MailSummary>();
  const pathOf = (id: string) => join(folder, `${id}.eml`);
  const read = (id: string) => (ids.includes(id) ? readIfThere(pathOf(id)) : undefined);

  async function summarise(id: string): Promise<MailSummary | undefined> {
    const known = summaries.get(id);
    if (known !== undefined) return known;
    const raw = read(id);
    if (raw === undefined) return undefined;
    const summary = summaryOf(id, await parse(raw));
    summaries.set(id, summary);
    return summary;
  }

  return {
    add(raw, recipients) {
      const id = String(Number(ids.at(-1) ?? 0) + 1).padStart(ID_DIGITS, "0");
      writeWhole(pathOf(id), Buffer.concat([trace(recipients), raw]));
      ids.push(id);
      for (const old of ids.splice(0, ids.length - keep)) {
        summaries.delete(old);
        rmSync(pathOf(old), { force: true });
      }
      return id;
    },
    async list({ before, to, limit }) {
      const found: MailSummary[] = [];
      for (const id of ids.toReversed()) {
        if (found.length === limit) break;
        if (before !== undefined && id >= before) continue;
        const summary = await summarise(id);
        if (summary === undefined) continue;
        if (to === undefined || summary.to.includes(to.toLowerCase())) found.push(summary);
      }
      return found;
    },
    async find(id) {
      const raw = read(id);
      return raw && readMail(id, await parse(raw));
    },
    findRaw: read,
  };
}

/** A file is there whole or not at all, also where the folder was removed or the disk is full. */
function writeWhole(path: string, content: Buffer): void {
  const unfinished = path.replace(/\.eml$/, ".part");
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(unfinished, content, { mode: 0o600 });
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

/** Files may be removed by hand while this runs. */
function readIfThere(path: string): Buffer | undefined {
  return existsSync(path) ? readFileSync(path) : undefined;
}

function parse(raw: Buffer): Promise<Email> {
  return PostalMime.parse(raw);
}

/** What a mail server writes on top of what it takes: for whom it was, which the message need not say, and when. */
function trace(recipients: string[]): Buffer {
  return Buffer.from(
    `Delivered-To: ${recipients.join(", ")}\r\nReceived: by mailbox; ${new Date().toUTCString()}\r\n`,
  );
}

function summaryOf(id: string, mail: Email): MailSummary {
  const received =
    mail.headers.find((header) => header.key === "received")?.value.split("; ")[1] ?? "";
  return {
    id,
    at: new Date(Date.parse(received)).toISOString(),
    to: (mail.deliveredTo ?? "").toLowerCase(),
    from: [mail.from?.name, mail.from?.address && `<${mail.from.address}>`]
      .filter(Boolean)
      .join(" "),
    subject: mail.subject ?? "",
  };
}

function readMail(id: string, mail: Email): StoredMail {
  const attachments = mail.attachments.map(readAttachment);
  return {
    ...summaryOf(id, mail),
    text: mail.text ?? "",
    html: mail.html,
    attachments: attachments.filter((part) => !isRepeated(part, attachments)),
  };
}

const UNNAMED = "part";
export const CALENDAR: ReadonlySet<string> = new Set(["text/calendar", "application/ics"]);

function readAttachment({ filename, mimeType, content }: Attachment): MailAttachment {
  const bytes =
    typeof content === "string" ? Buffer.from(content) : Buffer.from(content as Uint8Array);
  const name = filename ?? UNNAMED;
  if (!CALENDAR.has(mimeType)) return { name, mimeType, content: bytes };
  // The parser shortens line ends; the format wants both characters.
  const text = bytes.toString("utf8").replace(/\r?\n/g, "\r\n");
  return { name, mimeType, content: Buffer.from(text) };
}

/** A calendar entry comes twice: as an alternative to the text, and named, to be saved. */
function isRepeated(part: MailAttachment, parts: MailAttachment[]): boolean {
  return (
    part.name === UNNAMED &&
    parts.some((other) => other.name !== UNNAMED && other.content.equals(part.content))
  );
}

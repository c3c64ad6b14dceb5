import PostalMime from "postal-mime";
import { readEntry } from "./calendar.ts";
import type { ReceivedMessage } from "./services/smtp.ts";

export type Letter = {
  to: string;
  subject: string;
  text: string;
  entry: { method: unknown; uid: string; sequence: number; place: string } | undefined;
};

/** A message as its reader's programs show it: the letter, and what its calendar entry says. */
export async function readLetter({ raw }: ReceivedMessage): Promise<Letter> {
  const { to, subject = "", text = "", attachments } = await PostalMime.parse(raw);
  const attached = attachments.find(({ mimeType }) => mimeType === "text/calendar");
  return {
    to: to?.[0]?.address ?? "",
    subject,
    text,
    entry: attached === undefined ? undefined : entryOf(attached.content),
  };
}

function entryOf(content: string | ArrayBuffer | Uint8Array): Letter["entry"] {
  const text = typeof content === "string" ? content : new TextDecoder().decode(content);
  const { calendar, event } = readEntry(text);
  return {
    method: calendar.getFirstPropertyValue("method"),
    uid: event.uid,
    sequence: event.sequence,
    place: event.location,
  };
}

/** The paths that a message's text leads to. */
export async function linksIn(message: ReceivedMessage): Promise<string[]> {
  const { text } = await readLetter(message);
  return [...text.matchAll(/^https?:\S+$/gm)].map(([link]) => {
    const { pathname, search } = new URL(link);
    return pathname + search;
  });
}

import PostalMime from "postal-mime";
import type { ReceivedMessage } from "./services/smtp.ts";

/** The paths that a message's text leads to, as its reader's program finds them. */
export async function linksIn({ raw }: ReceivedMessage): Promise<string[]> {
  const { text = "" } = await PostalMime.parse(raw);
  return [...text.matchAll(/^https?:\S+$/gm)].map(([link]) => {
    const { pathname, search } = new URL(link);
    return pathname + search;
  });
}

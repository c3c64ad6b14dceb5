/** A stretch of a text; where it is an address, what it leads to. */
export type Piece = { text: string; href?: string };

/** Only signs of ASCII belong to an address (RFC 3986), so that Japanese may go on behind it without a space. */
const ADDRESS = /(?<![a-z0-9])(?:https?:\/\/|mailto:)[\w\-.~:/?#[\]@!$&'()*+,;=%]+/gi;
/** What ends a sentence, and not the address in it. */
const ENDING = /[.,;:!?'*_~]/;
const OPENS: Record<string, string> = { ")": "(", "]": "[" };

/** A text as it is, in pieces, with the web and mail addresses that are written out in it. */
export function findLinks(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = withoutEnding(found);
    if (!isAddress(address)) continue;
    if (index > end) pieces.push({ text: text.slice(end, index) });
    pieces.push({ text: address, href: address });
    end = index + address.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

/** A bracket belongs to an address in which it was opened. */
function withoutEnding(found: string): string {
  const opened = new Map<string, number>();
  for (const sign of found) opened.set(sign, (opened.get(sign) ?? 0) + 1);
  let end = found.length;
  for (; end > 0; end -= 1) {
    const last = found[end - 1] ?? "";
    const opening = OPENS[last];
    const isLeftOver =
      opening !== undefined && (opened.get(last) ?? 0) > (opened.get(opening) ?? 0);
    if (!isLeftOver && !ENDING.test(last)) break;
    opened.set(last, (opened.get(last) ?? 0) - 1);
  }
  return found.slice(0, end);
}

function isAddress(address: string): boolean {
  if (/^mailto:/i.test(address)) return /^mailto:[^@?]+@[^@?]+/i.test(address);
  return URL.canParse(address);
}

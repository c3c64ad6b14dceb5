import { links as en } from "./en-links.ts";
import { links as ja } from "./ja-links.ts";
import { type Texts, useTexts } from "./texts.tsx";

const LINKS = { ja, en };

export type LinkTexts = Texts & { links: typeof ja };

/** With the texts of the pages behind a mail's links, which come with those pages. */
export function useLinkTexts() {
  const { locale, texts } = useTexts();
  const all: LinkTexts = { ...texts, links: LINKS[locale] };
  return { locale, texts: all };
}

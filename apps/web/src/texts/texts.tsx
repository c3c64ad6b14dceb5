import { isEastAsian } from "@tsudoi/shared/script.ts";
import type { Locale, Localized as LocalizedText } from "@tsudoi/shared/text.ts";
import { localized } from "@tsudoi/shared/text.ts";
import { createContext, use } from "react";
import type { ja } from "./ja.ts";

export type Texts = typeof ja;

/** The texts of one language; the other one is fetched when it is asked for. */
export async function loadTexts(locale: Locale): Promise<Texts> {
  return locale === "ja" ? (await import("./ja.ts")).ja : (await import("./en.ts")).en;
}

export const TextsContext = createContext<{
  locale: Locale;
  texts: Texts;
  setLocale: (locale: Locale) => void;
} | null>(null);

export function useTexts() {
  const found = use(TextsContext);
  if (!found) throw new Error("no texts around this component");
  return found;
}

/** A text in one unknown language, such as a name or a place: marked where it is not the reader's. */
export function Written({ text }: { text: string }) {
  const { locale } = useTexts();
  const isForeign = locale === "en" && isEastAsian(text);
  return <span {...(isForeign ? { lang: "ja" } : {})}>{text}</span>;
}

/** A text in the reader's language, or in the other one and marked as such. */
export function Localized({ text }: { text: LocalizedText }) {
  const { locale } = useTexts();
  const shown = localized(text, locale);
  return shown.lang === locale ? shown.text : <span lang={shown.lang}>{shown.text}</span>;
}

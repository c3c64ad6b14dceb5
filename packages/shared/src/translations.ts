import type { Question } from "./questions.ts";
import { LOCALES, type Locale, type Localized } from "./text.ts";

type Translated = { title: Localized; description: Localized; questions: readonly Question[] };

/** Where an event has a text in the other language only; `path` is written as a refusal names its fields. */
export type MissingText = { path: string; locale: Locale };

/** Every text that a bilingual event still needs: its title, and what it says or asks in one language alone. */
export function missingTexts({ title, description, questions }: Translated): MissingText[] {
  return [
    ...LOCALES.filter((locale) => title[locale] === "").map(at("title")),
    ...half("description", description),
    ...questions.flatMap(({ label, options }, index) => [
      ...half(`questions.${index}.label`, label),
      ...options.flatMap((option, place) =>
        half(`questions.${index}.options.${place}.label`, option.label),
      ),
    ]),
  ];
}

/** The languages in which any of them is missing. */
export function missingTranslations(event: Translated): Locale[] {
  const missing = new Set(missingTexts(event).map(({ locale }) => locale));
  return LOCALES.filter((locale) => missing.has(locale));
}

function half(path: string, text: Localized): MissingText[] {
  if (text.ja === "" && text.en === "") return [];
  return LOCALES.filter((locale) => text[locale] === "").map(at(path));
}

function at(path: string): (locale: Locale) => MissingText {
  return (locale) => ({ path, locale });
}

import * as z from "zod/mini";

export const LOCALES = ["ja", "en"] as const;
export type Locale = (typeof LOCALES)[number];
export const Locale = z.enum(LOCALES);

/** Both languages of one text; a missing translation is the empty string. */
export type Localized = { ja: string; en: string };

/** The text in the reader's language, or in the other one where the translation is missing. */
export function localized(text: Localized, locale: Locale): { text: string; lang: Locale } {
  const other: Locale = locale === "ja" ? "en" : "ja";
  return text[locale] === "" && text[other] !== ""
    ? { text: text[other], lang: other }
    : { text: text[locale], lang: locale };
}

/** Control characters, halves of a character and line separators: no database, header or calendar takes them all. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;
const UNPRINTABLE_IN_PARAGRAPH = /(?![\t\n\r])[\p{Cc}\p{Cs}]/u;

/** What turns the direction of all that follows: a title must not reorder what stands beside it. Copied texts bring some unseen. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/gu;

/** As it is kept: without turns, trimmed, NFC. */
export function tidy(value: string): string {
  return value.replace(TURNING, "").trim().normalize("NFC");
}

/** Whether several lines of text can be kept and shown everywhere. */
export function isPrintable(value: string): boolean {
  return !UNPRINTABLE_IN_PARAGRAPH.test(value);
}

/** One line of text: trimmed, NFC, without control characters. */
export function line(maxLength: number, minLength = 0) {
  return z.string().check(
    z.overwrite(tidy),
    z.minLength(minLength),
    z.maxLength(maxLength),
    z.refine((value) => !UNPRINTABLE.test(value), "control characters are not allowed"),
  );
}

/** Several lines of text. */
export function paragraph(maxLength: number) {
  return z
    .string()
    .check(
      z.overwrite(tidy),
      z.maxLength(maxLength),
      z.refine(isPrintable, "control characters are not allowed"),
    );
}

/** The form in which texts are compared: width, case and composition do not matter (ﾊﾟﾌｫ = パフォ). */
export function searchable(value: string): string {
  return value.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}

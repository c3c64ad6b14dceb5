const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Whether a text is written, at least partly, in the characters of East Asia. */
export function isEastAsian(text: string): boolean {
  return EAST_ASIAN.test(text);
}

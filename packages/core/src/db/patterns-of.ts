import { searchable } from "@tsudoi/shared/text.ts";

const KANA = /[ぁ-ゖゝゞァ-ヶヽヾ]/;
const FROM_HIRAGANA_TO_KATAKANA = 0x60;
const MEANT_BY_PATTERNS = /[\\^$.|?*+(){}[\]]/;

/**
 * For `~`, of a search: every word counts, in any order and in either kana; what a pattern reads as a sign is a letter
 * here. The kana are folded here and not in the row, where it takes a hundred times as long.
 */
export function patternsOf(text: string | undefined): string[] {
  const words = searchable(text ?? "").split(" ");
  return words.filter((word) => word !== "").map((word) => [...word].map(oneLetter).join(""));
}

function oneLetter(letter: string): string {
  if (MEANT_BY_PATTERNS.test(letter)) return `\\${letter}`;
  return KANA.test(letter) ? `[${letter}${inOtherKana(letter)}]` : letter;
}

function inOtherKana(letter: string): string {
  const code = letter.charCodeAt(0);
  const isHiragana = letter < "ァ";
  return String.fromCharCode(code + (isHiragana ? 1 : -1) * FROM_HIRAGANA_TO_KATAKANA);
}

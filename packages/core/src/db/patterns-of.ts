import { searchable } from "@tsudoi/shared/text.ts";

/** For LIKE, of a search: every word counts, in any order; what LIKE reads as a pattern is a letter here. */
export function patternsOf(text: string | undefined): string[] {
  const words = searchable(text ?? "").split(" ");
  return words.filter((word) => word !== "").map((word) => `%${word.replace(/[\\%_]/g, "\\$&")}%`);
}

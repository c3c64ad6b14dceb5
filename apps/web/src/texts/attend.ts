import { attend as en } from "./en-attend.ts";
import { attend as ja } from "./ja-attend.ts";
import { type Texts, useTexts } from "./texts.tsx";

const ATTEND = { ja, en };

export type AttendTexts = Texts & { attend: typeof ja };

/** With the texts about one's own place and its draw, which come with their pages and not with the first load. */
export function useAttendTexts() {
  const { locale, texts } = useTexts();
  const all: AttendTexts = { ...texts, attend: ATTEND[locale] };
  return { locale, texts: all };
}

import type { Event } from "@tsudoi/shared/events.ts";

export type TranslatedField = "titleJa" | "titleEn" | "descriptionJa" | "descriptionEn";

/** The fields of the form that a bilingual event still needs: a text that one language has and the other has not. */
export function missingFields({
  title,
  description,
}: Pick<Event, "title" | "description">): TranslatedField[] {
  const isHalf = description.ja !== "" || description.en !== "";
  const missing: [TranslatedField, boolean][] = [
    ["titleJa", title.ja === ""],
    ["titleEn", title.en === ""],
    ["descriptionJa", isHalf && description.ja === ""],
    ["descriptionEn", isHalf && description.en === ""],
  ];
  return missing.filter(([, isMissing]) => isMissing).map(([field]) => field);
}

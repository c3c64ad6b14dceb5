import type { Event } from "@tsudoi/shared/events.ts";
import type { Locale } from "@tsudoi/shared/text.ts";
import type { MissingText } from "@tsudoi/shared/translations.ts";
import { placeOf } from "#web/questions/question-place.ts";

export type TranslatedField = "titleJa" | "titleEn" | "descriptionJa" | "descriptionEn";

type Found = {
  /** The name of the field in the form, to which the address leads. */
  hash: string;
  field?: TranslatedField;
  /** The places of a question and its option, from 1. */
  question?: number;
  option?: number;
};

/** Where the form of an event asks for a text that is missing. */
export function fieldOf({ questions }: Pick<Event, "questions">, text: MissingText): Found {
  const [part, index, , place] = text.path.split(".");
  if (part !== "questions") {
    const field = part === "title" ? TITLE[text.locale] : DESCRIPTION[text.locale];
    return { hash: field, field };
  }
  const question = questions[Number(index)];
  const option = place === undefined ? undefined : question?.options[Number(place)];
  return {
    hash: `${placeOf(question?.id ?? "", option?.id)}-${text.locale}`,
    question: Number(index) + 1,
    ...(option === undefined ? {} : { option: Number(place) + 1 }),
  };
}

const TITLE = { ja: "titleJa", en: "titleEn" } as const satisfies Record<Locale, TranslatedField>;
const DESCRIPTION = { ja: "descriptionJa", en: "descriptionEn" } as const satisfies Record<
  Locale,
  TranslatedField
>;

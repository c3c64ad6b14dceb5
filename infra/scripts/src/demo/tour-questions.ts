import type { Answers, Question } from "@tsudoi/shared/questions.ts";

const option = (id: string, ja: string, en: string) => ({ id, label: { ja, en } });

/** What the plant asks of its visitors. */
export const TOUR_QUESTIONS: Question[] = [
  {
    id: "shoes",
    kind: "choice",
    label: { ja: "安全靴のサイズ", en: "Size of your safety shoes" },
    required: true,
    options: [
      option("s", "24cm まで", "Up to 24 cm"),
      option("m", "24.5–26.5cm", "24.5 to 26.5 cm"),
      option("l", "27cm から", "From 27 cm"),
    ],
  },
  {
    id: "lunch",
    kind: "yes_no",
    label: { ja: "社員食堂で昼食をとりますか", en: "Will you have lunch in the canteen?" },
    required: true,
    options: [],
  },
  {
    id: "diet",
    kind: "text",
    label: { ja: "アレルギーなど、食事で気をつけること", en: "Allergies and other needs" },
    required: false,
    options: [],
    showIf: { questionId: "lunch", equals: true },
  },
];

/** Given in turn by those who registered. */
export const TOUR_ANSWERS: Answers[] = [
  { shoes: "m", lunch: true },
  { shoes: "s", lunch: true, diet: "えび・かに" },
  { shoes: "l", lunch: false },
  { shoes: "m", lunch: true, diet: "Vegetarian" },
  { shoes: "s", lunch: false },
];

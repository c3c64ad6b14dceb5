import { missingTranslations } from "@tsudoi/shared/events.ts";
import { expect, test } from "vitest";
import { missingFields } from "./missing-fields.ts";

const both = { ja: "あ", en: "a" };
const none = { ja: "", en: "" };
const japanese = { ja: "あ", en: "" };

test.each([
  [both, both, []],
  [both, none, []],
  [japanese, none, ["titleEn"]],
  [japanese, japanese, ["titleEn", "descriptionEn"]],
  [both, { ja: "", en: "a" }, ["descriptionJa"]],
])("title %j with description %j lacks %j, as the gate says", (title, description, fields) => {
  expect(missingFields({ title, description })).toEqual(fields);
  expect(missingTranslations({ title, description }).length > 0).toBe(fields.length > 0);
});

import { expect, test } from "vitest";
import { readAnswers, writeAnswers } from "./kept-answers.ts";

const draft = { note: "一行\n二行", days: ["a", "b"], joins: "yes" };

test("answers come back as they were, to the person who gave them", () => {
  expect(readAnswers(writeAnswers("me", draft), "me")).toEqual(draft);
  expect(readAnswers(writeAnswers("me", draft), "someone else")).toBeUndefined();
});

test.each([
  null,
  "null",
  "{",
  "[]",
  '{"owner":"me"}',
  '{"owner":"me","draft":null}',
  '{"owner":"me","draft":"x"}',
  '{"owner":"me","draft":{"note":5}}',
  '{"owner":"me","draft":{"days":[5]}}',
])("what another version or nobody wrote is none: %s", (written) => {
  expect(readAnswers(written, "me")).toBeUndefined();
});

import { expect, test } from "vitest";
import { emptyDraft } from "./event-draft.ts";
import { readDraft, writeDraft } from "./kept-draft.ts";

const empty = emptyDraft("Asia/Tokyo", new Date("2026-11-20T00:00:00.000Z"));
const draft = { ...empty, titleJa: "評価者研修", approval: true };

test("a draft comes back as it was, to the person who wrote it", () => {
  expect(readDraft(writeDraft("me", draft), "me", empty)).toEqual(draft);
  expect(readDraft(writeDraft("me", draft), "someone else", empty)).toBeUndefined();
});

test.each([
  null,
  "null",
  "{",
  "[]",
  '{"owner":"me"}',
  '{"owner":"me","draft":null}',
  '{"owner":"me","draft":{"titleJa":"x"}}',
  writeDraft("me", { ...draft, titleJa: 5 } as never),
  writeDraft("me", { ...draft, questions: {} } as never),
  writeDraft("me", { ...draft, unknown: "" } as typeof draft),
])("what another version or nobody wrote is none: %s", (written) => {
  expect(readDraft(written, "me", empty)).toBeUndefined();
});

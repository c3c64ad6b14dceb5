import { expect, test } from "vitest";
import { emptyDraft } from "./event-draft.ts";
import { readDraft, writeDraft } from "./kept-draft.ts";

const empty = emptyDraft("Asia/Tokyo", new Date("2026-11-20T00:00:00.000Z"));
const draft = { ...empty, titleJa: "評価者研修", admission: "approval" } as const;
const kept = { draft, base: empty, version: 3 };

test("a draft comes back as it was, to the person who wrote it", () => {
  expect(readDraft(writeDraft("me", kept), "me", empty)).toEqual(kept);
  expect(readDraft(writeDraft("me", kept), "someone else", empty)).toBeUndefined();
});

test.each([
  null,
  "null",
  "{",
  "[]",
  '{"owner":"me"}',
  '{"owner":"me","version":1,"draft":null}',
  '{"owner":"me","version":1,"draft":{"titleJa":"x"}}',
  JSON.stringify({ owner: "me", draft, base: empty }),
  writeDraft("me", { ...kept, draft: { ...draft, titleJa: 5 } as never }),
  writeDraft("me", { ...kept, draft: { ...draft, questions: {} } as never }),
  writeDraft("me", { ...kept, draft: { ...draft, unknown: "" } as never }),
  writeDraft("me", { ...kept, base: { titleJa: "" } as never }),
])("what another version or nobody wrote is none: %s", (written) => {
  expect(readDraft(written, "me", empty)).toBeUndefined();
});

import { CreateEventInput } from "@tsudoi/shared/event-input.ts";
import { expect, test } from "vitest";
import { type EventDraft, emptyDraft, previewOf, toInput } from "./event-draft.ts";

const now = new Date("2026-11-20T00:00:00.000Z");
const draft: EventDraft = { ...emptyDraft("Asia/Tokyo", now), titleJa: "評価者研修" };

test("a draft with a title is all the API needs", () => {
  const input = CreateEventInput.parse(toInput(draft));
  expect(input).toMatchObject({
    startsAt: "2026-12-04T06:00:00.000Z",
    endsAt: "2026-12-04T07:00:00.000Z",
    timeZone: "Asia/Tokyo",
    capacity: 30,
    location: null,
    onlineUrl: null,
  });
});

test("an event may end on another day", () => {
  const { endsAt } = toInput({ ...draft, endDate: "2026-12-05", to: "02:00" });
  expect(endsAt).toBe("2026-12-04T17:00:00.000Z");
});

test("the preview shows a half-written draft", () => {
  const context = {
    category: { ja: "セミナー", en: "Seminar" },
    placeholder: "Your title goes here",
    department: null,
  };
  const empty = { ...draft, titleJa: "", date: "", capacity: "", onlineUrl: "https://" };
  expect(previewOf(empty, context)).toMatchObject({
    title: { ja: "Your title goes here" },
    capacity: 1,
    online: true,
  });
  expect(previewOf(draft, context).title).toEqual({ ja: "評価者研修", en: "" });
});

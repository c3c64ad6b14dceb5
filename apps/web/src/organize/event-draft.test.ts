import { CreateEventInput } from "@tsudoi/shared/event-input.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import { expect, test } from "vitest";
import { changeOf, isTold, toInput } from "./draft-input.ts";
import { previewOf } from "./draft-preview-event.ts";
import { changedIn, draftOf, type EventDraft, emptyDraft, rebased } from "./event-draft.ts";

const now = new Date("2026-11-20T00:00:00.000Z");
const draft: EventDraft = { ...emptyDraft("Asia/Tokyo", now), titleJa: "評価者研修" };
const category = { ja: "セミナー", en: "Seminar" };
const context = { category, placeholder: { ja: "題", en: "Your title" } };

/** An event as the API would answer with it. */
function eventOf(written: EventDraft): Event {
  return { ...previewOf(written, context), id: "01", onlineUrl: written.onlineUrl };
}

test("a draft with a title is all the API needs", () => {
  const input = CreateEventInput.parse(toInput(draft));
  expect(input).toMatchObject({
    startsAt: "2026-12-04T06:00:00.000Z",
    endsAt: "2026-12-04T07:00:00.000Z",
    timeZone: "Asia/Tokyo",
    capacity: 30,
    location: null,
    onlineUrl: null,
    allocation: "first_come",
    approval: false,
  });
});

test("an event may end on another day", () => {
  const { endsAt } = toInput({ ...draft, endDate: "2026-12-05", to: "02:00" });
  expect(endsAt).toBe("2026-12-04T17:00:00.000Z");
});

test("a lottery is asked for with its draw, which nothing else has", () => {
  const drawAt = "2026-12-01T09:00";
  const lottery: EventDraft = { ...draft, admission: "lottery", drawAt };
  expect(CreateEventInput.parse(toInput(lottery))).toMatchObject({
    allocation: "lottery",
    approval: false,
    drawAt: "2026-12-01T00:00:00.000Z",
  });
  expect(toInput({ ...lottery, admission: "approval" })).toMatchObject({
    allocation: "first_come",
    approval: true,
    drawAt: null,
  });
});

test("the preview shows a half-written draft", () => {
  const empty = { ...draft, titleJa: "", date: "", capacity: "", onlineUrl: "https://" };
  expect(previewOf(empty, context)).toMatchObject({
    title: context.placeholder,
    capacity: 1,
    online: true,
  });
  expect(previewOf(draft, context).title).toEqual({ ja: "評価者研修", en: "" });
});

test("the preview of an event has its people, its organisers and its picture", () => {
  const cover = { url: "/covers/1", width: 1_600, height: 900 };
  const organizers = [{ id: "02", familyName: "佐藤", givenName: "恵", role: "owner" as const }];
  const taken = { seatsTaken: 12, waitlistLength: 3 };
  const saved: Event = { ...eventOf(draft), ...taken, cover, organizers, status: "closed" };
  expect(previewOf({ ...draft, capacity: "20" }, { ...context, saved })).toMatchObject({
    ...taken,
    cover,
    organizers,
    capacity: 20,
    status: "closed",
  });
  const shown = previewOf(draft, { ...context, saved: { ...saved, status: "draft" } });
  expect(shown.status).toBe("published");
});

const written: EventDraft = {
  ...draft,
  titleEn: "Reviewing",
  endDate: "2026-12-05",
  location: "本社 8F",
  onlineUrl: "https://meet.example.test/x",
  waitlistMode: "offer",
  offerHours: "24",
  admission: "lottery",
  drawAt: "2026-12-01T09:00",
  registrationOpens: "2026-11-21T09:00",
  registrationCloses: "2026-11-30T18:00",
  cancelUntil: "2026-12-02T18:00",
  answersUntil: "2026-12-03T18:00",
};

test("the form of an event says what its event says, and changes nothing by itself", () => {
  const form = draftOf(eventOf(written), now);
  expect(form).toEqual(written);
  expect(changeOf(form, form)).toEqual({});
});

test("only what was changed is sent", () => {
  const changed = { ...written, capacity: "40", titleEn: "Reviewing well" };
  expect(changeOf(written, changed)).toEqual({
    capacity: 40,
    title: { ja: "評価者研修", en: "Reviewing well" },
  });
  expect(changeOf(written, { ...written, cancelUntil: "" })).toEqual({ cancelUntil: null });
});

test("a draft whose opening has passed opens when it is published, and says so by an empty field", () => {
  const late = new Date("2026-11-22T00:00:00.000Z");
  const opens = (status: Event["status"], at: Date) =>
    draftOf({ ...eventOf(written), status }, at).registrationOpens;
  expect(opens("draft", now)).toBe(written.registrationOpens);
  expect(opens("draft", late)).toBe("");
  expect(opens("published", late)).toBe(written.registrationOpens);
  const empty = { ...written, registrationOpens: "" };
  expect(changeOf(empty, empty, late.toISOString())).toEqual({});
  expect(changeOf(written, empty, late.toISOString())).toEqual({
    registrationOpensAt: late.toISOString(),
  });
});

test("registration that ends with the start goes along with it", () => {
  const form = draftOf(eventOf({ ...written, registrationCloses: "" }), now);
  expect(changeOf(form, { ...form, date: "2026-12-05", endDate: "" })).toEqual({
    startsAt: "2026-12-05T06:00:00.000Z",
  });
  expect(changeOf(written, { ...written, registrationCloses: "" })).toEqual({
    registrationClosesAt: null,
  });
});

test("people hear of what they plan by", () => {
  expect(isTold(changeOf(written, { ...written, from: "16:00" }))).toBe(true);
  expect(isTold(changeOf(written, { ...written, location: "本社 9F" }))).toBe(true);
  expect(isTold(changeOf(written, { ...written, capacity: "31", cancelUntil: "" }))).toBe(false);
});

test("what one person changed is put on top of what another one made of the event", () => {
  const mine = { ...written, titleEn: "Mine", capacity: "50" };
  const theirs = { ...written, location: "Theirs", capacity: "40" };
  expect(rebased(mine, { from: written, onto: theirs })).toEqual({
    ...written,
    titleEn: "Mine",
    capacity: "50",
    location: "Theirs",
  });
  expect(changedIn(written, theirs)).toEqual(["capacity", "location"]);
});

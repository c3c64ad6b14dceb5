import { CreateEventInput } from "@tsudoi/shared/event-input.ts";
import { MAX_EVENT_DAYS } from "@tsudoi/shared/events.ts";
import { expect, test } from "vitest";
import { addDays } from "#web/time/zoned.ts";
import { toInput } from "./draft-input.ts";
import { type DraftProblems, problemsOf, withoutChanged } from "./draft-problems.ts";
import { type EventDraft, emptyDraft } from "./event-draft.ts";

const now = new Date("2026-11-20T00:00:00.000Z");
const draft: EventDraft = { ...emptyDraft("Asia/Tokyo", now), titleJa: "評価者研修" };

function judge(changed: Partial<EventDraft>): DraftProblems {
  const written = { ...draft, ...changed };
  const { error } = CreateEventInput.safeParse(JSON.parse(JSON.stringify(toInput(written))));
  const issues = error?.issues.map(({ path, code, message }) => ({
    path: path.join("."),
    code,
    message,
  }));
  return problemsOf(written, issues ?? []);
}

const long = (length: number) => "x".repeat(length);

test.each<[string, Partial<EventDraft>, DraftProblems]>([
  ["nothing", {}, {}],
  ["no title", { titleJa: "", titleEn: " " }, { titleJa: "titleNeeded", titleEn: "titleNeeded" }],
  ["an English title of 201", { titleEn: long(201) }, { titleEn: "titleLong" }],
  ["a Japanese title of 201", { titleJa: long(201) }, { titleJa: "titleLong" }],
  ["a sign nobody sees", { titleEn: "a\u0007b" }, { titleEn: "signs" }],
  [
    "a long English description",
    { descriptionEn: long(10_001) },
    { descriptionEn: "descriptionLong" },
  ],
  [
    "a long Japanese description",
    { descriptionJa: long(10_001) },
    { descriptionJa: "descriptionLong" },
  ],
  ["a long place", { location: long(201) }, { location: "locationLong" }],
  ["no date", { date: "" }, { date: "dateNeeded" }],
  ["no start", { from: "" }, { from: "fromNeeded" }],
  ["no end", { to: "" }, { to: "toNeeded" }],
  ["no times", { from: "", to: "" }, { from: "fromNeeded", to: "toNeeded" }],
  ["an end before the start", { to: "14:00" }, { to: "endEarly" }],
  ["an end at the start", { to: "15:00" }, { to: "endEarly" }],
  ["an end on the day before", { endDate: "2026-12-03" }, { endDate: "endEarly" }],
  ["an end ten years later", { endDate: "2036-12-04" }, { endDate: "endFar" }],
  ["the longest event", { endDate: addDays(draft.date, MAX_EVENT_DAYS), to: draft.from }, {}],
  [
    "a minute more",
    { endDate: addDays(draft.date, MAX_EVENT_DAYS), to: "15:01" },
    { endDate: "endFar" },
  ],
  ["the year 9999", { date: "9999-12-04" }, { date: "dateFar" }],
  ["the year 12026", { date: "12026-12-04" }, { date: "dateFar" }],
  ["an end in the year 9999", { endDate: "9999-12-04" }, { endDate: "dateFar" }],
  ["the last day of all", { date: "2099-12-31" }, {}],
  [
    "an opening after the start",
    { registrationOpens: "2026-12-05T09:00" },
    { registrationOpens: "opensLate" },
  ],
  [
    "a closing after the end",
    { registrationCloses: "2026-12-05T09:00" },
    { registrationCloses: "closesLate" },
  ],
  ["cancelling after the end", { cancelUntil: "2026-12-05T09:00" }, { cancelUntil: "afterEnd" }],
  ["answers after the end", { answersUntil: "2026-12-05T09:00" }, { answersUntil: "afterEnd" }],
  ["a lottery without a draw", { admission: "lottery" }, { drawAt: "drawNeeded" }],
  [
    "a draw after the start",
    { admission: "lottery", drawAt: "2026-12-05T09:00" },
    { drawAt: "drawOutside" },
  ],
  [
    "no time for an offer",
    { waitlistMode: "offer", offerHours: "0" },
    { offerHours: "offerHours" },
  ],
  ["no offers, no time for them", { offerHours: "" }, {}],
  ["no seats", { capacity: "" }, { capacity: "capacity" }],
  ["seats in words", { capacity: "many" }, { capacity: "capacity" }],
  ["seats as computers write them", { capacity: "1e3" }, { capacity: "capacity" }],
  ["sixteen seats, to a computer", { capacity: "0x10" }, { capacity: "capacity" }],
  ["nobody", { capacity: "0" }, { capacity: "capacity" }],
  [
    "a link that is not encrypted",
    { onlineUrl: "http://meet.example" },
    { onlineUrl: "onlineUrl" },
  ],
])("%s is told where it can be corrected, and there only", (_what, changed, problems) => {
  expect(judge(changed)).toEqual(problems);
});

test("a problem is gone from what was changed, and from what was wrong only with it", () => {
  const found: DraftProblems = {
    titleJa: "titleNeeded",
    titleEn: "titleNeeded",
    to: "endEarly",
    capacity: "capacity",
  };
  expect(withoutChanged(found, { titleEn: "x" })).toEqual({ to: "endEarly", capacity: "capacity" });
  expect(withoutChanged(found, { from: "08:00" })).toEqual({
    titleJa: "titleNeeded",
    titleEn: "titleNeeded",
    capacity: "capacity",
  });
  expect(withoutChanged({ titleJa: "titleLong", titleEn: "titleLong" }, { titleEn: "x" })).toEqual({
    titleJa: "titleLong",
  });
});

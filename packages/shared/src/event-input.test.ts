import { describe, expect, test } from "vitest";
import { CreateEventInput, CreateSeriesInput, UpdateEventInput } from "./event-input.ts";
import { MAX_CAPACITY } from "./events.ts";

const draft = {
  title: { ja: "勉強会" },
  startsAt: "2026-12-01T01:00:00Z",
  endsAt: "2026-12-01T03:00:00Z",
  timeZone: "Asia/Tokyo",
  capacity: 20,
};

const lottery = { allocation: "lottery", drawAt: "2026-11-30T00:00:00.000Z" };

function fieldsRefused(input: unknown): string[] {
  const parsed = CreateEventInput.safeParse(input);
  return parsed.success ? [] : parsed.error.issues.map((issue) => issue.path.join("."));
}

describe("shared/event-input create", () => {
  test("a draft needs a title, times, a zone and a capacity, and gets the rest", () => {
    expect(CreateEventInput.parse(draft)).toEqual({
      title: { ja: "勉強会", en: "" },
      audience: "everyone",
      departmentIds: [],
      description: { ja: "", en: "" },
      category: "seminar",
      startsAt: "2026-12-01T01:00:00.000Z",
      endsAt: "2026-12-01T03:00:00.000Z",
      timeZone: "Asia/Tokyo",
      capacity: 20,
      locationFor: "everyone",
      waitlistMode: "automatic",
      offerHours: 12,
      approval: false,
      allocation: "first_come",
      questions: [],
    });
    for (const field of ["title", "startsAt", "endsAt", "timeZone", "capacity"]) {
      expect(fieldsRefused({ ...draft, [field]: undefined })).toContain(field);
    }
  });

  test("the same draft has the same text, in whatever order it was written", () => {
    const backwards = Object.fromEntries(Object.entries({ ...draft, approval: true }).reverse());
    expect(JSON.stringify(CreateEventInput.parse(backwards))).toBe(
      JSON.stringify(CreateEventInput.parse({ approval: true, ...draft })),
    );
  });

  test.each<[string, Record<string, unknown>, string]>([
    ["no title in any language", { title: { ja: " ", en: "" } }, "title"],
    ["a title of 201 characters", { title: { en: "x".repeat(201) } }, "title.en"],
    ["a title with a line break", { title: { en: "a\nb" } }, "title.en"],
    [
      "a description of 10,001 characters",
      { description: { ja: "あ".repeat(10_001) } },
      "description.ja",
    ],
    ["an end at the start", { endsAt: draft.startsAt }, "endsAt"],
    ["an end before the start", { endsAt: "2026-11-30T00:00:00Z" }, "endsAt"],
    ["more than 31 days", { endsAt: "2027-01-01T01:00:00.001Z" }, "endsAt"],
    ["nobody", { capacity: 0 }, "capacity"],
    ["half a person", { capacity: 1.5 }, "capacity"],
    ["too many people", { capacity: MAX_CAPACITY + 1 }, "capacity"],
    ["no number of people", { capacity: Number.NaN }, "capacity"],
    ["a number as text", { capacity: "20" }, "capacity"],
    [
      "a registration that closes after the end",
      { registrationClosesAt: "2026-12-01T03:00:00.001Z" },
      "registrationClosesAt",
    ],
    [
      "a registration that closes at no time",
      { registrationClosesAt: "soon" },
      "registrationClosesAt",
    ],
    [
      "a registration that never opens",
      { registrationOpensAt: draft.startsAt },
      "registrationOpensAt",
    ],
    ["a link without encryption", { onlineUrl: "http://example.test" }, "onlineUrl"],
    ["a link that is a script", { onlineUrl: "javascript:alert(1)" }, "onlineUrl"],
    ["a place of two lines", { location: "a\r\nb" }, "location"],
    ["a category that is no slug", { category: "Seminar; drop table" }, "category"],
    ["a waitlist of no kind", { waitlistMode: "maybe" }, "waitlistMode"],
    ["an offer of no time", { offerHours: 0 }, "offerHours"],
    ["an offer of more than a week", { offerHours: 169 }, "offerHours"],
    ["a deadline after the end", { cancelUntil: "2026-12-01T03:00:00.001Z" }, "cancelUntil"],
    ["answers after the end", { answersUntil: "2026-12-01T03:00:00.001Z" }, "answersUntil"],
    ["a lottery without a draw", { allocation: "lottery" }, "drawAt"],
    ["a draw without a lottery", { drawAt: "2026-11-30T00:00:00Z" }, "drawAt"],
    ["a lottery that asks", { ...lottery, approval: true }, "approval"],
    ["a draw after the start", { ...lottery, drawAt: "2026-12-01T01:00:00.001Z" }, "drawAt"],
    [
      "a draw when registration opens",
      { ...lottery, registrationOpensAt: lottery.drawAt },
      "drawAt",
    ],
    ["an allocation of no kind", { allocation: "friends" }, "allocation"],
    [
      "a question without words",
      { questions: [{ id: "q", kind: "text", label: {} }] },
      "questions.0.label",
    ],
    ["a key nobody knows", { organizationId: "x" }, ""],
    ["a title in a third language", { title: { ja: "x", fr: "x" } }, "title"],
  ])("refuses %s", (_what, change, field) => {
    expect(fieldsRefused({ ...draft, ...change })).toContain(field);
  });

  test("takes the bounds themselves", () => {
    const bounds = {
      ...lottery,
      drawAt: draft.startsAt,
      offerHours: 168,
      cancelUntil: "2027-01-01T01:00:00Z",
      answersUntil: "2027-01-01T01:00:00Z",
      capacity: MAX_CAPACITY,
      endsAt: "2027-01-01T01:00:00Z",
      registrationClosesAt: "2027-01-01T01:00:00Z",
      title: { en: "x".repeat(200) },
    };
    expect(fieldsRefused({ ...draft, ...bounds })).toEqual([]);
  });

  test("a link is written one way, and carries no markup", () => {
    const parsed = CreateEventInput.parse({
      ...draft,
      onlineUrl: 'HTTPS://Example.TEST/a b"><script>',
    });
    expect(parsed.onlineUrl).toBe("https://example.test/a%20b%22%3E%3Cscript%3E");
  });

  test.each([null, [], "draft", 5, true, { ...draft, startsAt: {}, endsAt: [] }])(
    "%j is refused and throws nothing",
    (input) => {
      expect(CreateEventInput.safeParse(input).success).toBe(false);
    },
  );

  test("a prototype in the input stays outside", () => {
    const poisoned = JSON.parse(
      `{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}`,
    );
    expect(CreateEventInput.safeParse({ ...draft, ...poisoned }).success).toBe(false);
    expect(CreateEventInput.safeParse(Object.assign(poisoned, draft)).success).toBe(false);
    expect(Object.prototype).not.toHaveProperty("polluted");
  });
});

describe("shared/event-input update", () => {
  const eventId = "01890000-0000-7000-8000-000000000000";

  test("what is absent stays absent, and only this event is meant", () => {
    expect(UpdateEventInput.parse({ eventId, version: 3, title: { en: " New " } })).toEqual({
      eventId,
      version: 3,
      apply: "this",
      title: { en: "New" },
    });
  });

  test.each([
    { version: 0 },
    { version: 1.5 },
    { version: undefined },
    { eventId: "x" },
    { apply: "none" },
    { status: "published" },
    { startsAt: null },
    { capacity: null },
    { title: { fr: "x" } },
  ])("refuses %j", (change) => {
    expect(UpdateEventInput.safeParse({ eventId, version: 1, ...change }).success).toBe(false);
  });
});

describe("shared/event-input series", () => {
  test("a rule is written in capitals, and told at its own field like its event's", () => {
    expect(CreateSeriesInput.parse({ event: draft, rrule: "freq=weekly;count=3" }).rrule).toBe(
      "FREQ=WEEKLY;COUNT=3",
    );
    const parsed = CreateSeriesInput.safeParse({ event: { ...draft, capacity: 0 }, rrule: "" });
    expect(parsed.error?.issues.map(({ path }) => path.join("."))).toEqual([
      "event.capacity",
      "rrule",
    ]);
  });
});

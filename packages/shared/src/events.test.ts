import { describe, expect, test } from "vitest";
import {
  bookingState,
  CreateEventInput,
  isOver,
  ListEventsInput,
  MAX_CAPACITY,
  missingTranslations,
} from "./events.ts";

const draft = {
  title: { ja: "勉強会" },
  startsAt: "2026-12-01T01:00:00Z",
  endsAt: "2026-12-01T03:00:00Z",
  timeZone: "Asia/Tokyo",
  capacity: 20,
};

function fieldsRefused(input: unknown): string[] {
  const parsed = CreateEventInput.safeParse(input);
  return parsed.success ? [] : parsed.error.issues.map((issue) => issue.path.join("."));
}

describe("shared/events create", () => {
  test("a draft needs a title, times, a zone and a capacity, and gets the rest", () => {
    expect(CreateEventInput.parse(draft)).toEqual({
      title: { ja: "勉強会", en: "" },
      description: { ja: "", en: "" },
      category: "seminar",
      startsAt: "2026-12-01T01:00:00.000Z",
      endsAt: "2026-12-01T03:00:00.000Z",
      timeZone: "Asia/Tokyo",
      capacity: 20,
      waitlistMode: "automatic",
      approval: false,
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
    ["a key nobody knows", { organizationId: "x" }, ""],
    ["a title in a third language", { title: { ja: "x", fr: "x" } }, "title"],
  ])("refuses %s", (_what, change, field) => {
    expect(fieldsRefused({ ...draft, ...change })).toContain(field);
  });

  test("takes the bounds themselves", () => {
    const bounds = {
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

describe("shared/events list", () => {
  test("asks for what is open, a page at a time", () => {
    expect(ListEventsInput.parse({})).toEqual({ limit: 20, scope: "open" });
  });

  test.each([
    { limit: 101 },
    { limit: 0 },
    { cursor: "" },
    { cursor: "x".repeat(401) },
    { text: "x".repeat(101) },
    { text: "a\u0000" },
    { scope: "all" },
    { status: "deleted" },
    { from: "yesterday" },
    { sort: "id; drop table events" },
  ])("refuses %j", (input) => {
    expect(ListEventsInput.safeParse(input).success).toBe(false);
  });
});

describe("shared/events rules", () => {
  const text = (ja: string, en: string) => ({ ja, en });

  test.each([
    [text("a", "b"), text("", ""), []],
    [text("a", "b"), text("c", "d"), []],
    [text("a", ""), text("", ""), ["en"]],
    [text("", "b"), text("", ""), ["ja"]],
    [text("a", "b"), text("c", ""), ["en"]],
    [text("a", ""), text("", "d"), ["ja", "en"]],
  ])(
    "a language is missing where its title is, or its half of a description",
    (title, description, missing) => {
      expect(missingTranslations({ title, description })).toEqual(missing);
    },
  );

  test.each([
    ["2026-12-01T09:59:59.999Z", false],
    ["2026-12-01T10:00:00.000Z", true],
    ["2026-12-02T00:00:00.000Z", true],
  ])("an event that ends at ten: at %s it is over: %s", (now, over) => {
    expect(isOver({ endsAt: "2026-12-01T10:00:00.000Z" }, new Date(now))).toBe(over);
  });

  const event = {
    status: "published" as const,
    registrationOpensAt: "2026-12-01T00:00:00.000Z",
    registrationClosesAt: "2026-12-02T00:00:00.000Z",
  };

  test.each([
    ["2026-11-30T23:59:59.999Z", "not_open_yet"],
    ["2026-12-01T00:00:00.000Z", "open"],
    ["2026-12-01T23:59:59.999Z", "open"],
    ["2026-12-02T00:00:00.000Z", "closed"],
  ])("at %s registration is %s", (now, state) => {
    expect(bookingState(event, new Date(now))).toBe(state);
  });

  test.each([
    ["draft", "not_published"],
    ["cancelled", "cancelled"],
    ["closed", "closed"],
    ["archived", "closed"],
  ] as const)("a %s event is %s at any time", (status, state) => {
    expect(bookingState({ ...event, status }, new Date("2026-12-01T12:00:00Z"))).toBe(state);
  });
});

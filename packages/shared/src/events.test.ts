import { describe, expect, test } from "vitest";
import { bookingState, isOver, ListEventsInput, opensOnPublishing } from "./events.ts";

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
    { seriesId: "no id" },
    { scope: "all" },
    { status: "deleted" },
    { from: "yesterday" },
    { sort: "id; drop table events" },
  ])("refuses %j", (input) => {
    expect(ListEventsInput.safeParse(input).success).toBe(false);
  });
});

describe("shared/events rules", () => {
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

  test.each([
    ["draft", "2026-12-01T00:00:00.000Z", true],
    ["draft", "2026-12-01T00:00:00.001Z", false],
    ["published", "2026-12-01T00:00:00.000Z", false],
  ] as const)("a %s event that opens at %s opens by being published: %s", (status, at, opens) => {
    const now = new Date("2026-12-01T00:00:00.000Z");
    expect(opensOnPublishing({ status, registrationOpensAt: at }, now)).toBe(opens);
  });
});

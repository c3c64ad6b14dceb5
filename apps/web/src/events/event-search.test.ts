import { expect, test } from "vitest";
import { instantOf, readerZone } from "#web/time/zoned.ts";
import { isOneDay, readEventSearch, shownList, toListInput } from "./event-search.ts";

test("an address gives the filters that are valid and loses the rest", () => {
  expect(
    readEventSearch({
      text: "town hall",
      category: "all-hands",
      scope: "mine",
      status: "draft",
      when: "past",
      from: "2026-11-01",
      to: "2026-11-31",
      page: "3",
    }),
  ).toEqual({
    text: "town hall",
    category: "all-hands",
    scope: "mine",
    status: "draft",
    when: "past",
    from: "2026-11-01",
  });
  const wrong = { text: "  ", category: "A B", scope: "all", status: "x", when: "now" };
  expect(readEventSearch(wrong)).toEqual({});
});

test("one's own list is of what is not over, by its end; a chosen day is that day", () => {
  const own = shownList({ scope: "mine" });
  expect(toListInput(own.search, own.scope)).toEqual({ scope: "mine", when: "upcoming" });
  const day = { scope: "mine", from: "2026-11-01", to: "2026-11-01" } as const;
  expect(shownList(day).search.when).toBeUndefined();
  expect(shownList({ when: "past" })).toEqual({ search: {}, scope: "open" });
});

test("a day of the calendar is told from a search", () => {
  const day = { from: "2026-11-26", to: "2026-11-26" };
  expect(isOneDay(day)).toBe(true);
  expect(isOneDay({ ...day, scope: "mine" })).toBe(true);
  expect(isOneDay({ ...day, text: "SQL" })).toBe(false);
  expect(isOneDay({ ...day, category: "seminar" })).toBe(false);
  expect(isOneDay({ ...day, to: "2026-11-27" })).toBe(false);
  expect(isOneDay({})).toBe(false);
});

test("a text longer than the API takes is cut", () => {
  expect(readEventSearch({ text: "あ".repeat(300) }).text).toHaveLength(100);
});

test("days become the instants at which they begin and end for the reader", () => {
  const zone = readerZone();
  expect(toListInput({ from: "2026-11-26", to: "2026-11-26", text: " sql " }, "open")).toEqual({
    scope: "open",
    text: "sql",
    from: instantOf("2026-11-26T00:00", zone),
    to: instantOf("2026-11-27T00:00", zone),
  });
  expect(toListInput({})).toEqual({});
});

import { expect, test } from "vitest";
import { instantOf, readerZone } from "#web/time/zoned.ts";
import { readEventSearch, toListInput } from "./event-search.ts";

test("an address gives the filters that are valid and loses the rest", () => {
  expect(
    readEventSearch({
      text: "town hall",
      category: "all-hands",
      scope: "mine",
      status: "draft",
      from: "2026-11-01",
      to: "2026-11-31",
      page: "3",
    }),
  ).toEqual({
    text: "town hall",
    category: "all-hands",
    scope: "mine",
    status: "draft",
    from: "2026-11-01",
  });
  expect(readEventSearch({ text: "  ", category: "A B", scope: "all", status: "x" })).toEqual({});
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

import { expect, test } from "vitest";
import { CONTESTED_EVENTS } from "./contested-events.ts";
import { PAST_EVENTS } from "./past-events.ts";
import { UPCOMING_EVENTS } from "./upcoming-events.ts";

test("a place of an event in both languages reads well in both: it is short, in letters that all can read", () => {
  const places = [...UPCOMING_EVENTS, ...CONTESTED_EVENTS, ...PAST_EVENTS].flatMap(
    ({ title, location }) => (title.en === "" ? [] : (location ?? [])),
  );
  expect(places.length).toBeGreaterThan(10);
  expect(places.filter((place) => !/^[\x20-\x7e]{2,24}$/.test(place))).toEqual([]);
});

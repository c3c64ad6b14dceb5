import { expect, test } from "vitest";
import { LOCATION_READERS, wayIn } from "./way-in.ts";

const location = "本社";
const onlineUrl = "https://meet.example.test/";

test.each([
  ["everyone", true, { location, hidesLocation: false, onlineUrl }],
  ["everyone", false, { location, hidesLocation: false, onlineUrl: null }],
  ["confirmed", true, { location, hidesLocation: false, onlineUrl }],
  ["confirmed", false, { location: null, hidesLocation: true, onlineUrl: null }],
] as const)("a place for %s, read by who joins: %s", (locationFor, joins, told) => {
  expect(wayIn({ location, locationFor, onlineUrl }, joins)).toEqual(told);
});

test("what is not there is not promised", () => {
  for (const locationFor of LOCATION_READERS) {
    expect(wayIn({ location: null, locationFor, onlineUrl: null }, false)).toEqual({
      ...{ location: null, hidesLocation: false, onlineUrl: null },
    });
  }
});

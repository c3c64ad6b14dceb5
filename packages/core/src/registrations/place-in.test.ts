import { expect, test } from "vitest";
import { placeIn } from "./place-in.ts";

test.each([
  [[], 5, 1],
  [[5], 5, 1],
  [[-1, 3, 4, 9], -1, 1],
  [[-1, 3, 4, 9], 4, 3],
  [[-1, 3, 4, 9], 9, 4],
  [[-1, 3, 4, 9], 12, 5],
  [[-1, 3, 4, 9], -2, 1],
])("in the queue %j the number %i has place %i", (queue, queueNo, place) => {
  expect(placeIn(queue, queueNo)).toBe(place);
});

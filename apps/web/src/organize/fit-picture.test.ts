import { describe, expect, test } from "vitest";
import { fitSize } from "./fit-picture.ts";

describe("the size that is sent", () => {
  test.each([
    ["a photo", [8_000, 6_000], [1_600, 1_200]],
    ["a tall one fills the width", [3_000, 9_000], [1_600, 4_800]],
    ["a wide one fills the height", [9_000, 1_800], [4_500, 900]],
    ["what is smaller is not blown up", [800, 600], [800, 600]],
    ["smaller one way only", [1_000, 5_000], [1_000, 5_000]],
  ] as const)("%s", (_, [width, height], [wide, high]) => {
    expect(fitSize({ width, height })).toEqual({ width: wide, height: high });
  });
});

import { describe, expect, it } from "vitest";
import { median, percentile, sortedSamples } from "./statistics.ts";

const samples = (...values: number[]) => Float64Array.from(values);
const hundred = Float64Array.from({ length: 100 }, (_, index) => index + 1);

describe("percentile", () => {
  it("is the smallest sample that so many do not exceed", () => {
    expect([0.5, 0.95, 0.99, 1].map((share) => percentile(hundred, share))).toEqual([
      50, 95, 99, 100,
    ]);
    expect(percentile(samples(1, 2, 3), 0.5)).toBe(2);
    expect(percentile(samples(7), 0.99)).toBe(7);
  });

  it("is without end where too many were never answered", () => {
    const never = Number.POSITIVE_INFINITY;
    expect(percentile(samples(1, 2, 3, never), 0.75)).toBe(3);
    expect(percentile(samples(1, 2, 3, never), 0.76)).toBe(never);
  });

  it("is no number where there is no sample", () => {
    expect(percentile(samples(), 0.5)).toBeNaN();
  });
});

describe("median", () => {
  it("is a value that was measured", () => {
    expect(median([900, 100, 300])).toBe(300);
    expect(median([400, 100, 300, 200])).toBe(200);
  });
});

describe("sortedSamples", () => {
  it("puts the rounds together by size, not by spelling", () => {
    expect(sortedSamples([samples(100, 9), samples(), samples(20)])).toEqual(samples(9, 20, 100));
  });
});

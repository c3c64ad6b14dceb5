import { describe, expect, it } from "vitest";
import { HOUSE_CASES } from "./house/house-cases.ts";
import { metricsOf } from "./house/procedures.ts";
import { HOUSE_RULES } from "./house/rules.ts";
import { treeOf } from "./house/tree.ts";

describe.each(HOUSE_CASES)("$title", ({ title, lawful, broken }) => {
  const rule = HOUSE_RULES.find((candidate) => candidate.title === title)?.rule;

  it("lets a lawful tree pass", () => {
    expect(rule?.(treeOf(lawful))).toEqual([]);
  });

  it.each(Object.entries(broken))("sees %s", (_name, files) => {
    expect(rule?.(treeOf(files))).toHaveLength(1);
  });

  it("has nothing to say about an empty tree", () => {
    expect(rule?.(treeOf({}))).toEqual([]);
  });
});

it("every rule of the house is broken on purpose", () => {
  expect(HOUSE_RULES.map(({ title }) => title)).toEqual(HOUSE_CASES.map(({ title }) => title));
});

it.each([
  [
    'sum(rate(a_total{x="b_c"}[5m])) by (le_gal) / on (x_y) group_left (z_z) b_seconds_sum',
    ["a_total", "b_seconds"],
  ],
  [
    "histogram_quantile(0.95, sum by (le) (rate(c_seconds_bucket[$__rate_interval])))",
    ["c_seconds"],
  ],
  ["slo:d:ratio_rate5m > bool 0.5 and e_up == 1", ["slo:d:ratio_rate5m", "e_up"]],
])("%s asks for its metrics", (expression, metrics) => {
  expect(metricsOf(expression)).toEqual(metrics);
});

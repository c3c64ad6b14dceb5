import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { HOUSE_RULES } from "./house/rules.ts";
import { readTree } from "./house/tree.ts";

const tree = readTree(join(import.meta.dirname, "../../.."));

describe("the house", () => {
  it.each(HOUSE_RULES)("$title", ({ rule }) => {
    expect(rule(tree)).toEqual([]);
  });
});

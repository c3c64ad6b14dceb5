import { expect, test } from "vitest";
import { includedBy, toggled } from "./department-tree.ts";

const department = (id: string, parentId: string | null, depth: number) => ({
  id,
  parentId,
  depth,
  name: { ja: id, en: id },
});
const all = [
  department("sales", null, 0),
  department("east", "sales", 1),
  department("tokyo", "east", 2),
  department("people", null, 0),
];

test("a department means all those below it", () => {
  expect([...includedBy(all, ["sales"])]).toEqual(["east", "tokyo"]);
  expect([...includedBy(all, ["east"])]).toEqual(["tokyo"]);
  expect([...includedBy(all, [])]).toEqual([]);
});

test("who chooses one above takes in those that were chosen below it, and can let go again", () => {
  const chosen = toggled(all, ["tokyo", "people"], "sales");
  expect(chosen).toEqual(["people", "sales"]);
  expect(toggled(all, chosen, "sales")).toEqual(["people"]);
});

import { expect, test } from "vitest";
import { moveDay, weeksOf } from "./month-grid.ts";

test("a month is whole weeks from Sunday to Saturday", () => {
  const weeks = weeksOf("2026-11");
  expect(weeks).toHaveLength(5);
  expect(weeks[0]?.[0]).toBe("2026-11-01");
  expect(weeks.at(-1)?.at(-1)).toBe("2026-12-05");
  expect(weeks.every((week) => week.length === 7)).toBe(true);
  expect(weeksOf("2026-02")).toHaveLength(4);
  expect(weeksOf("2026-08")).toHaveLength(6);
});

test("keys lead to the day next to it, above, below, and to the ends of the week", () => {
  expect(moveDay("2026-11-30", "ArrowRight")).toBe("2026-12-01");
  expect(moveDay("2026-11-01", "ArrowLeft")).toBe("2026-10-31");
  expect(moveDay("2026-11-03", "ArrowUp")).toBe("2026-10-27");
  expect(moveDay("2026-11-03", "ArrowDown")).toBe("2026-11-10");
  expect(moveDay("2026-11-04", "Home")).toBe("2026-11-01");
  expect(moveDay("2026-11-04", "End")).toBe("2026-11-07");
  expect(moveDay("2026-11-04", "Enter")).toBeUndefined();
});

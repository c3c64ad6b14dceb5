import { expect, test } from "vitest";
import { moveDay, weeksOf } from "./month-grid.ts";

const [SUNDAY, MONDAY] = [0, 1];

test("a month is whole weeks from Sunday to Saturday", () => {
  const weeks = weeksOf("2026-11", SUNDAY);
  expect(weeks).toHaveLength(5);
  expect(weeks[0]?.[0]).toBe("2026-11-01");
  expect(weeks.at(-1)?.at(-1)).toBe("2026-12-05");
  expect(weeks.every((week) => week.length === 7)).toBe(true);
  expect(weeksOf("2026-02", SUNDAY)).toHaveLength(4);
  expect(weeksOf("2026-08", SUNDAY)).toHaveLength(6);
});

test("or from Monday to Sunday", () => {
  const weeks = weeksOf("2026-11", MONDAY);
  expect(weeks).toHaveLength(6);
  expect(weeks[0]?.[0]).toBe("2026-10-26");
  expect(weeks[0]?.at(-1)).toBe("2026-11-01");
  expect(weeks.at(-1)?.[0]).toBe("2026-11-30");
  expect(weeksOf("2027-02", MONDAY)).toHaveLength(4);
});

test("keys lead to the day next to it, above, below, and to the ends of the week", () => {
  expect(moveDay("2026-11-30", "ArrowRight", SUNDAY)).toBe("2026-12-01");
  expect(moveDay("2026-11-01", "ArrowLeft", SUNDAY)).toBe("2026-10-31");
  expect(moveDay("2026-11-03", "ArrowUp", SUNDAY)).toBe("2026-10-27");
  expect(moveDay("2026-11-03", "ArrowDown", SUNDAY)).toBe("2026-11-10");
  expect(moveDay("2026-11-04", "Home", SUNDAY)).toBe("2026-11-01");
  expect(moveDay("2026-11-04", "End", SUNDAY)).toBe("2026-11-07");
  expect(moveDay("2026-11-01", "Home", MONDAY)).toBe("2026-10-26");
  expect(moveDay("2026-11-01", "End", MONDAY)).toBe("2026-11-01");
  expect(moveDay("2026-11-04", "Enter", SUNDAY)).toBeUndefined();
});

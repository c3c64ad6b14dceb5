import { addDays, addMonths } from "#web/time/zoned.ts";

/** The weeks of a month from Sunday to Saturday, filled up with the days around it. */
export function weeksOf(month: string): string[][] {
  const first = `${month}-01`;
  const lead = new Date(`${first}T00:00:00Z`).getUTCDay();
  const next = addMonths(month, 1);
  const weeks: string[][] = [];
  for (let start = addDays(first, -lead); start < `${next}-01`; start = addDays(start, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, day) => addDays(start, day)));
  }
  return weeks;
}

/** Where a key leads from a day, as in every calendar grid. */
export function moveDay(day: string, key: string): string | undefined {
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
  const step = steps[key];
  if (step !== undefined) return addDays(day, step);
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  if (key === "Home") return addDays(day, -weekday);
  if (key === "End") return addDays(day, 6 - weekday);
  return undefined;
}

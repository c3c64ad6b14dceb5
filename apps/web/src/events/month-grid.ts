import { addDays, addMonths } from "#web/time/zoned.ts";

/** The weeks of a month, each from the weekday `start` (0 is Sunday), filled up with the days around it. */
export function weeksOf(month: string, start: number): string[][] {
  const first = `${month}-01`;
  const next = addMonths(month, 1);
  const weeks: string[][] = [];
  for (let day = weekStart(first, start); day < `${next}-01`; day = addDays(day, 7)) {
    weeks.push(daysFrom(day));
  }
  return weeks;
}

/** Where a key leads from a day, as in every calendar grid. */
export function moveDay(day: string, key: string, start: number): string | undefined {
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
  const step = steps[key];
  if (step !== undefined) return addDays(day, step);
  if (key === "Home") return weekStart(day, start);
  if (key === "End") return addDays(weekStart(day, start), 6);
  return undefined;
}

function daysFrom(first: string): string[] {
  return Array.from({ length: 7 }, (_, days) => addDays(first, days));
}

function weekStart(day: string, start: number): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, -((weekday - start + 7) % 7));
}

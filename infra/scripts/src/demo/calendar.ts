import { DAY } from "@tsudoi/shared/time.ts";

/** The instant at which a clock of the zone shows this local time, such as 2026-11-24T15:00. */
export function instantAt(local: string, timeZone: string): Date {
  const asUtc = Date.parse(`${local}Z`);
  const shown = Date.parse(`${localText(new Date(asUtc), timeZone).replace(" ", "T")}Z`);
  return new Date(asUtc - (shown - asUtc));
}

/** The date of a working day counted from today: 1 is the next one, -1 the last one before. */
export function workday(count: number, today: Date, timeZone: string): string {
  const step = Math.sign(count) * DAY;
  // Noon in UTC is the same date whichever way a day is added.
  let day = new Date(`${localText(today, timeZone).slice(0, 10)}T12:00Z`);
  for (let left = Math.abs(count); left > 0; ) {
    day = new Date(day.getTime() + step);
    if (day.getUTCDay() !== SUNDAY && day.getUTCDay() !== SATURDAY) left -= 1;
  }
  return day.toISOString().slice(0, 10);
}

const SUNDAY = 0;
const SATURDAY = 6;

/** Swedish writes dates as ISO does. */
function localText(instant: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    dateStyle: "short",
    timeStyle: "medium",
  }).format(instant);
}

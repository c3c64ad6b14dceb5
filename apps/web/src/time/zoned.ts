import { atWallClock, wallClock } from "@tsudoi/shared/wall-clock.ts";

/** The zone of the device. */
export function readerZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The instant at which a zone's clocks show a local time: the first of two, or in a gap the one they jump at. */
export function instantOf(local: string, timeZone: string): string | undefined {
  const wanted = Date.parse(`${local}Z`);
  return Number.isNaN(wanted) ? undefined : new Date(atWallClock(wanted, timeZone)).toISOString();
}

/** What a zone's clocks show at an instant, as YYYY-MM-DDTHH:mm. */
export function localOf(instant: string, timeZone: string): string {
  return new Date(wallClock(Date.parse(instant), timeZone)).toISOString().slice(0, 16);
}

/** The day after, or `days` later, of YYYY-MM-DD. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The month after, or `months` later, of YYYY-MM. */
export function addMonths(month: string, months: number): string {
  const date = new Date(`${month}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 7);
}

/** A calendar day, or nothing: what stands in an address may be anything. */
export function asDay(value: string | undefined): string | undefined {
  if (value === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return undefined;
  const time = Date.parse(`${value}T00:00:00Z`);
  return Number.isNaN(time) || !new Date(time).toISOString().startsWith(value) ? undefined : value;
}

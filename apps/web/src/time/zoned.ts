import { DAY, MINUTE } from "@tsudoi/shared/time.ts";

/** The zone of the device. */
export function readerZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The instant at which a zone's clocks show a local time: the first of two, or in a gap the one they jump at. */
export function instantOf(local: string, timeZone: string): string | undefined {
  const wanted = Date.parse(`${local}Z`);
  if (Number.isNaN(wanted)) return undefined;
  const before = offsetAt(wanted - DAY, timeZone);
  const after = offsetAt(wanted + DAY, timeZone);
  const found = [before, after].map((offset) => wanted - offset);
  const shown = found.find((time) => time + offsetAt(time, timeZone) === wanted);
  return new Date(shown ?? jumpBetween(wanted - after, wanted - before, timeZone)).toISOString();
}

/** The minute at which the offset becomes another one. */
function jumpBetween(early: number, late: number, timeZone: string): number {
  const old = offsetAt(early, timeZone);
  let [from, to] = [early, late];
  while (to - from > MINUTE) {
    const middle = from + Math.floor((to - from) / (2 * MINUTE)) * MINUTE;
    if (offsetAt(middle, timeZone) === old) from = middle;
    else to = middle;
  }
  return to;
}

/** What a zone's clocks show at an instant, as YYYY-MM-DDTHH:mm. */
export function localOf(instant: string, timeZone: string): string {
  const time = Date.parse(instant);
  return new Date(time + offsetAt(time, timeZone)).toISOString().slice(0, 16);
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

const formats = new Map<string, Intl.DateTimeFormat>();

/** Building a format is slow, and there are few zones. */
function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  formats.set(timeZone, made);
  return made;
}

function offsetAt(time: number, timeZone: string): number {
  const shown = formatFor(timeZone)
    .formatToParts(time)
    .find((part) => part.type === "timeZoneName")?.value;
  const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(shown ?? "") ?? [];
  const size = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  return (sign === "-" ? -size : size) * MINUTE;
}

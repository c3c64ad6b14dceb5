import { DAY, MINUTE } from "./time.ts";

/** What a zone's clocks show at an instant, as the milliseconds of the same time in UTC. */
export function wallClock(instant: number, timeZone: string): number {
  return instant + offsetAt(instant, timeZone);
}

/** The instant at which a zone's clocks show a time: the first of two, or in a gap the one they jump at. */
export function atWallClock(wall: number, timeZone: string): number {
  const before = offsetAt(wall - DAY, timeZone);
  const after = offsetAt(wall + DAY, timeZone);
  const found = [before, after].map((offset) => wall - offset);
  const shown = found.find((time) => wallClock(time, timeZone) === wall);
  return shown ?? jumpBetween(wall - after, wall - before, timeZone);
}

/** The minute at which the offset becomes another one. */
function jumpBetween(early: number, late: number, timeZone: string): number {
  const old = offsetAt(early, timeZone);
  let [from, to] = [Math.floor(early / MINUTE) * MINUTE, Math.ceil(late / MINUTE) * MINUTE];
  while (to - from > MINUTE) {
    const middle = from + Math.floor((to - from) / (2 * MINUTE)) * MINUTE;
    if (offsetAt(middle, timeZone) === old) from = middle;
    else to = middle;
  }
  return to;
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

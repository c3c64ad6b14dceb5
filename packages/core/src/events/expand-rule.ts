import { DomainError } from "@tsudoi/shared/errors.ts";
import { MAX_SERIES_EVENTS, MAX_SERIES_YEARS } from "@tsudoi/shared/event-series.ts";
import { SECOND } from "@tsudoi/shared/time.ts";
import { wallClock } from "@tsudoi/shared/wall-clock.ts";
import { RRuleTemporal } from "rrule-temporal";
import { move } from "./move-times.ts";

/** The parts of a rule that speak of days; hours and minutes are the event's own. */
const PARTS = new Set([
  "FREQ",
  "INTERVAL",
  "COUNT",
  "UNTIL",
  "WKST",
  "BYDAY",
  "BYMONTHDAY",
  "BYMONTH",
  "BYSETPOS",
]);
const FREQUENCIES = new Set(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]);

/** More than two years of days take; a rule that matches nothing ends here. */
const MOST_STEPS = { maxIterations: 1_000, maxCandidateEvaluations: 10_000 };

type Start = { startsAt: Date; timeZone: string };

/**
 * The starts of a series, at the same time on the clocks of its zone whatever they do in between. The rule is expanded
 * on a clock without summer time; each of its times is then looked up in the zone.
 */
export function expandRule(rrule: string, { startsAt, timeZone }: Start): Date[] {
  const parts = partsOf(rrule);
  const start = wallClock(startsAt.getTime(), timeZone);
  const walls = expand(onTheClock(parts, timeZone), start);
  if (walls[0] !== start)
    throw refusal("start", "the event itself must be the first of the series");
  if (walls.length > MAX_SERIES_EVENTS) {
    throw refusal("too_many", `at most ${MAX_SERIES_EVENTS} events, by COUNT or UNTIL`);
  }
  if ((walls.at(-1) ?? start) > lastStart(start)) {
    throw refusal("too_long", `at most ${MAX_SERIES_YEARS} years`);
  }
  return walls.map((wall) => move({ time: startsAt, zone: timeZone }, wall - start));
}

function partsOf(rrule: string): Map<string, string> {
  const pairs = rrule.split(";").map((part) => part.split("="));
  const parts = new Map(pairs.map(([name = "", value = ""]) => [name, value]));
  const isKnown = pairs.every(([name = "", value]) => PARTS.has(name) && value);
  const isNear = /^\d{1,3}$/.test(parts.get("INTERVAL") ?? "1");
  const isWhole = isKnown && parts.size === pairs.length;
  if (!isWhole || !isNear || !FREQUENCIES.has(parts.get("FREQ") ?? "")) {
    throw notARule();
  }
  return parts;
}

/** UNTIL is an instant, or a whole day in the event's zone. */
function onTheClock(parts: Map<string, string>, timeZone: string): string {
  const until = parts.get("UNTIL");
  if (until === undefined) return join(parts);
  const instant = fromBasic(until);
  const wall = Number.isNaN(instant) ? `${until}T235959Z` : toBasic(wallClock(instant, timeZone));
  return join(new Map([...parts, ["UNTIL", wall]]));
}

function join(parts: Map<string, string>): string {
  return Array.from(parts, ([name, value]) => `${name}=${value}`).join(";");
}

/** One more than are allowed, so that one too many is seen. */
function expand(rrule: string, start: number): number[] {
  const second = Math.floor(start / SECOND) * SECOND;
  try {
    const rule = new RRuleTemporal({
      rruleString: `DTSTART:${toBasic(second)}\nRRULE:${rrule}`,
      strict: true,
      ...MOST_STEPS,
    });
    const last = lastStart(start);
    let isPast = false;
    const found = rule.all((time, index) => {
      const goesOn = index <= MAX_SERIES_EVENTS && !isPast;
      isPast = time.epochMilliseconds > last;
      return goesOn;
    });
    // A rule knows no milliseconds.
    return found.map((time) => time.epochMilliseconds + start - second);
  } catch (error) {
    throw notARule(error);
  }
}

function lastStart(start: number): number {
  const date = new Date(start);
  return date.setUTCFullYear(date.getUTCFullYear() + MAX_SERIES_YEARS);
}

/** 20261126T150000Z */
function toBasic(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
}

/** Not a number where it is no instant in UTC. */
function fromBasic(text: string): number {
  return Date.parse(
    text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"),
  );
}

function notARule(cause?: unknown): DomainError {
  return refusal("invalid", "not a rule by days, weeks, months or years", { cause });
}

function refusal(code: string, message: string, options?: ErrorOptions): DomainError {
  return new DomainError("VALIDATION", { issues: [{ path: "rrule", code, message }] }, options);
}

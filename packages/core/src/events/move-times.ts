import { DomainError } from "@tsudoi/shared/errors.ts";
import { FIRST_INSTANT, LAST_INSTANT } from "@tsudoi/shared/time.ts";
import { atWallClock, wallClock } from "@tsudoi/shared/wall-clock.ts";

/** An instant, and the zone by whose clocks it is read. */
export type Point = { time: Date; zone: string };

/** From one instant to another as the clocks there show it: a day has 24 hours, whatever happens in its night. */
export function distance(from: Point, to: Point): number {
  return wallOf(to) - wallOf(from);
}

/** Moved on the clocks; what does not move keeps its very instant. */
export function move(own: Point, by: number, zone = own.zone): Date {
  if (by === 0 && own.zone === zone) return own.time;
  const time = atWallClock(wallOf(own) + by, zone);
  if (time >= FIRST_INSTANT && time <= LAST_INSTANT) return new Date(time);
  throw new DomainError("VALIDATION", {
    issues: [{ path: "startsAt", code: "out_of_range", message: "no such year can be written" }],
  });
}

function wallOf({ time, zone }: Point): number {
  return wallClock(time.getTime(), zone);
}

type Times = {
  timeZone: string;
  startsAt: Date;
  endsAt: Date;
  registrationOpensAt: Date;
  registrationClosesAt: Date;
  cancelUntil?: Date | null | undefined;
  drawAt?: Date | null | undefined;
  answersUntil?: Date | null | undefined;
};

/** An end of registration that nobody chose: it is the start, wherever that goes. */
export function closesAtStart(times: Pick<Times, "startsAt" | "registrationClosesAt">): boolean {
  return times.registrationClosesAt.getTime() === times.startsAt.getTime();
}

/** An event's times around another start, each as far from it on the clocks as it was. */
export function moveTimes({ timeZone, ...times }: Times, startsAt: Date): Omit<Times, "timeZone"> {
  const at = (time: Date): Point => ({ time, zone: timeZone });
  const by = distance(at(times.startsAt), at(startsAt));
  const moved = (time: Date | null | undefined) => (time ? move(at(time), by) : null);
  return {
    startsAt,
    endsAt: move(at(times.endsAt), by),
    registrationOpensAt: move(at(times.registrationOpensAt), by),
    registrationClosesAt: closesAtStart(times)
      ? startsAt
      : move(at(times.registrationClosesAt), by),
    cancelUntil: moved(times.cancelUntil),
    drawAt: moved(times.drawAt),
    answersUntil: moved(times.answersUntil),
  };
}

import type { Reason } from "@tsudoi/shared/errors.ts";
import {
  type DECISIONS,
  type DecidedMany,
  MAX_DECISIONS,
  type RegistrationStatus,
  seatsLeft,
} from "@tsudoi/shared/registrations.ts";

export type Decision = (typeof DECISIONS)[number];

/** What was decided on many, and what became of it. */
export type Decided = DecidedMany & { decision: Decision };

/** What can be decided about somebody, by where they stand. */
const OPEN_TO: Record<RegistrationStatus, readonly Decision[]> = {
  pending: ["approve", "reject", "cancel"],
  waitlisted: ["seat", "cancel"],
  offered: ["seat", "cancel"],
  confirmed: ["cancel"],
  cancelled: [],
  rejected: [],
  declined: [],
  expired: [],
};

/** Nobody is given a seat at what is over: what is left is to put on record how it was. */
const AFTER_THE_END: readonly Decision[] = ["reject", "cancel"];

export function decisionsFor(status: RegistrationStatus, isPast: boolean): readonly Decision[] {
  const open = OPEN_TO[status];
  return isPast ? open.filter((decision) => AFTER_THE_END.includes(decision)) : open;
}

/** What can be decided about at least one of them. */
export function decisionsForAll(
  statuses: readonly RegistrationStatus[],
  isPast: boolean,
): Decision[] {
  const open = new Set(statuses.flatMap((status) => decisionsFor(status, isPast)));
  return (["approve", "reject", "seat", "cancel"] as const).filter((decision) =>
    open.has(decision),
  );
}

/** Whether nobody of them could be given a seat: an offer has its own, and who waits needs a free one. */
export function lacksSeat(
  statuses: readonly RegistrationStatus[],
  event: { capacity: number; seatsTaken: number },
): boolean {
  return seatsLeft(event) === 0 && !statuses.includes("offered");
}

/** As many at a time as one call takes. */
export function inBatches(ids: readonly string[]): string[][] {
  const count = Math.ceil(ids.length / MAX_DECISIONS);
  return Array.from({ length: count }, (_, batch) =>
    ids.slice(batch * MAX_DECISIONS, (batch + 1) * MAX_DECISIONS),
  );
}

export const NOTHING_DECIDED: DecidedMany = { done: 0, refused: [] };

export function together(one: DecidedMany, other: DecidedMany): DecidedMany {
  return { done: one.done + other.done, refused: [...one.refused, ...other.refused] };
}

/** How many were refused for what, the most common first. */
export function refusedFor({ refused }: DecidedMany): [reason: Reason, people: number][] {
  const byReason = Map.groupBy(refused, ({ reason }) => reason);
  return [...byReason]
    .map(([reason, people]): [Reason, number] => [reason, people.length])
    .sort(([, one], [, other]) => other - one);
}

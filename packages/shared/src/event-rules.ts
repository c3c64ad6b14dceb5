import type { FieldIssue } from "./errors.ts";
import { type Allocation, type Audience, MAX_EVENT_DAYS } from "./events.ts";
import type { Localized } from "./text.ts";
import { DAY } from "./time.ts";

/** What the rules look at: a new event's fields, or an event as a change would leave it. */
export type EventFacts = {
  title: Localized;
  startsAt: string;
  endsAt: string;
  registrationOpensAt?: string | undefined;
  registrationClosesAt?: string | null | undefined;
  cancelUntil?: string | null | undefined;
  answersUntil?: string | null | undefined;
  allocation: Allocation;
  approval: boolean;
  audience: Audience;
  departmentIds: string[];
  drawAt?: string | null | undefined;
};

export type EventRule = {
  /** The field at which its breach is told. */
  path: keyof EventFacts;
  message: string;
  /** All that it looks at: a change of anything else breaks nothing here. */
  reads: (keyof EventFacts)[];
  holds: (event: EventFacts) => boolean;
};

/** What makes a whole of the fields of an event, each rule told at one of them. */
export const EVENT_RULES: EventRule[] = [
  {
    path: "title",
    message: "a title in Japanese or English is needed",
    reads: ["title"],
    holds: ({ title }) => title.ja !== "" || title.en !== "",
  },
  {
    path: "endsAt",
    message: "must be after startsAt",
    reads: ["startsAt", "endsAt"],
    holds: ({ startsAt, endsAt }) => endsAt > startsAt,
  },
  {
    path: "endsAt",
    message: `must be at most ${MAX_EVENT_DAYS} days after startsAt`,
    reads: ["startsAt", "endsAt"],
    holds: ({ startsAt, endsAt }) =>
      Date.parse(endsAt) - Date.parse(startsAt) <= MAX_EVENT_DAYS * DAY,
  },
  {
    path: "registrationClosesAt",
    message: "must not be after endsAt",
    reads: ["startsAt", "endsAt", "registrationClosesAt"],
    holds: (event) => closesAt(event) <= event.endsAt,
  },
  {
    path: "registrationOpensAt",
    message: "must be before registration closes",
    reads: ["startsAt", "registrationClosesAt", "registrationOpensAt"],
    holds: (event) => (event.registrationOpensAt ?? "") < closesAt(event),
  },
  {
    path: "cancelUntil",
    message: "must not be after endsAt",
    reads: ["endsAt", "cancelUntil"],
    holds: (event) => (event.cancelUntil ?? "") <= event.endsAt,
  },
  {
    path: "answersUntil",
    message: "must not be after endsAt",
    reads: ["endsAt", "answersUntil"],
    holds: (event) => (event.answersUntil ?? "") <= event.endsAt,
  },
  {
    path: "drawAt",
    message: "a lottery needs the time of its draw",
    reads: ["allocation", "drawAt"],
    holds: ({ allocation, drawAt }) => allocation !== "lottery" || Boolean(drawAt),
  },
  {
    path: "drawAt",
    message: "only a lottery has a draw",
    reads: ["allocation", "drawAt"],
    holds: ({ allocation, drawAt }) => allocation === "lottery" || !drawAt,
  },
  {
    path: "drawAt",
    message: "must be after registration opens and not after startsAt",
    reads: ["drawAt", "registrationOpensAt", "startsAt"],
    holds: ({ drawAt, registrationOpensAt, startsAt }) =>
      !drawAt || (drawAt > (registrationOpensAt ?? "") && drawAt <= startsAt),
  },
  {
    path: "departmentIds",
    message: "an event for departments names at least one",
    reads: ["audience", "departmentIds"],
    holds: ({ audience, departmentIds }) => audience !== "departments" || departmentIds.length > 0,
  },
  {
    path: "approval",
    message: "a lottery decides by itself",
    reads: ["allocation", "approval"],
    holds: ({ allocation, approval }) => allocation !== "lottery" || !approval,
  },
];

function closesAt(event: EventFacts): string {
  return event.registrationClosesAt ?? event.startsAt;
}

/** What a change of these fields breaks, at the field that tells it; without any, what the whole event breaks. */
export function checkEvent(event: EventFacts, changed?: ReadonlySet<string>): FieldIssue[] {
  const isMeant = ({ reads }: EventRule) =>
    changed === undefined || reads.some((field) => changed.has(field));
  return EVENT_RULES.filter((rule) => isMeant(rule) && !rule.holds(event)).map(
    ({ path, message }) => ({ path, code: "custom", message }),
  );
}

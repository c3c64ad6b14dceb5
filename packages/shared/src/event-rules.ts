import type { FieldIssue } from "./errors.ts";
import { type Allocation, MAX_EVENT_DAYS } from "./events.ts";
import type { Localized } from "./text.ts";
import { DAY } from "./time.ts";

/** What the rules look at: a new event's fields, or an event as a change would leave it. */
export type EventFacts = {
  title: Localized;
  startsAt: string;
  endsAt: string;
  registrationOpensAt?: string | undefined;
  registrationClosesAt?: string | undefined;
  cancelUntil?: string | null | undefined;
  answersUntil?: string | null | undefined;
  allocation: Allocation;
  approval: boolean;
  drawAt?: string | null | undefined;
};

export type EventRule = {
  /** The field at which its breach is told. */
  path: keyof EventFacts;
  message: string;
  /** Instants that it compares: it says nothing of an event in which one of them is none. */
  times: (keyof EventFacts)[];
  holds: (event: EventFacts) => boolean;
};

const SPAN: (keyof EventFacts)[] = ["startsAt", "endsAt"];

/** What makes a whole of the fields of an event, each rule told at one of them. */
export const EVENT_RULES: EventRule[] = [
  {
    path: "title",
    message: "a title in Japanese or English is needed",
    times: [],
    holds: ({ title }) => title.ja !== "" || title.en !== "",
  },
  {
    path: "endsAt",
    message: "must be after startsAt",
    times: SPAN,
    holds: ({ startsAt, endsAt }) => endsAt > startsAt,
  },
  {
    path: "endsAt",
    message: `must be at most ${MAX_EVENT_DAYS} days after startsAt`,
    times: SPAN,
    holds: ({ startsAt, endsAt }) =>
      Date.parse(endsAt) - Date.parse(startsAt) <= MAX_EVENT_DAYS * DAY,
  },
  {
    path: "registrationClosesAt",
    message: "must not be after endsAt",
    times: SPAN,
    holds: (event) => closesAt(event) <= event.endsAt,
  },
  {
    path: "registrationOpensAt",
    message: "must be before registration closes",
    times: SPAN,
    holds: (event) => (event.registrationOpensAt ?? "") < closesAt(event),
  },
  {
    path: "cancelUntil",
    message: "must not be after endsAt",
    times: SPAN,
    holds: (event) => (event.cancelUntil ?? "") <= event.endsAt,
  },
  {
    path: "answersUntil",
    message: "must not be after endsAt",
    times: SPAN,
    holds: (event) => (event.answersUntil ?? "") <= event.endsAt,
  },
  {
    path: "drawAt",
    message: "a lottery needs the time of its draw",
    times: [],
    holds: ({ allocation, drawAt }) => allocation !== "lottery" || Boolean(drawAt),
  },
  {
    path: "drawAt",
    message: "only a lottery has a draw",
    times: [],
    holds: ({ allocation, drawAt }) => allocation === "lottery" || !drawAt,
  },
  {
    path: "drawAt",
    message: "must be after registration opens and not after startsAt",
    times: ["startsAt"],
    holds: ({ drawAt, registrationOpensAt, startsAt }) =>
      !drawAt || (drawAt > (registrationOpensAt ?? "") && drawAt <= startsAt),
  },
  {
    path: "approval",
    message: "a lottery decides by itself",
    times: [],
    holds: ({ allocation, approval }) => allocation !== "lottery" || !approval,
  },
];

function closesAt(event: EventFacts): string {
  return event.registrationClosesAt ?? event.startsAt;
}

/** What a change would break, at the field that tells it. */
export function checkEvent(event: EventFacts): FieldIssue[] {
  return EVENT_RULES.filter((rule) => !rule.holds(event)).map(({ path, message }) => ({
    path,
    code: "custom",
    message,
  }));
}

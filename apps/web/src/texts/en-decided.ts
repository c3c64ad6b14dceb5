import type { decided as japanese } from "./ja-decided.ts";

const number = new Intl.NumberFormat("en-GB");
const plurals = new Intl.PluralRules("en");
const n = (value: number) => number.format(value);
const count = (value: number, one: string, other: string) =>
  `${n(value)} ${plurals.select(value) === "one" ? one : other}`;
const registrations = (value: number) => count(value, "registration", "registrations");

/** What became of a decision on registrations. */
export const decided: typeof japanese = {
  done: {
    approve: (value) => `${registrations(value)} approved.`,
    reject: (value) => `${registrations(value)} rejected.`,
    seat: (value) => `${count(value, "person", "people")} got a seat.`,
    cancel: (value) => `${registrations(value)} cancelled.`,
  },
  refused: {
    approve: (value, why) => `${n(value)} could not be approved: ${why}`,
    reject: (value, why) => `${n(value)} could not be rejected: ${why}`,
    seat: (value, why) => `${n(value)} got no seat: ${why}`,
    cancel: (value, why) => `${n(value)} could not be cancelled: ${why}`,
  },
  why: {
    SOLD_OUT: "the event is full.",
    STATE_CONFLICT: "not possible in their present status.",
    EVENT_CANCELLED: "the event has been cancelled.",
    ACCOUNT_DISABLED: "the account is disabled.",
    NOT_FOUND: "the registration could not be found.",
  },
  keptSelected: "They are still selected.",
};

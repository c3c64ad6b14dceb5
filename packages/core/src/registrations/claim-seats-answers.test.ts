import type { Question } from "@tsudoi/shared/questions.ts";
import { describe, expect, test } from "vitest";
import { type Applicant, claimSeats } from "./claim-seats.ts";
import type { LockedEvent } from "./lock-event.ts";

const now = new Date("2026-11-20T09:00:00Z");
const earlier = new Date("2026-11-19T09:00:00Z");
const later = new Date("2026-11-21T09:00:00Z");

const label = { ja: "質問", en: "Question" };
const questions: Question[] = [
  { id: "eats", kind: "yes_no", label, required: true, options: [] },
  {
    id: "dish",
    kind: "text",
    label,
    required: true,
    options: [],
    showIf: { questionId: "eats", equals: true },
  },
];

const event: LockedEvent = {
  id: "event",
  status: "published",
  audience: "everyone",
  registrationOpensAt: earlier,
  registrationClosesAt: later,
  capacity: 2,
  seatsTaken: 0,
  waitlistLength: 0,
  waitlistMode: "none",
  approval: false,
  startsAt: later,
  endsAt: later,
  cancelUntil: null,
  pendingCount: 0,
  offerHours: 12,
  offersEndAt: null,
  allocation: "first_come",
  drawAt: null,
  drawSeed: null,
  drawnAt: null,
  questions,
  answersUntil: null,
  seq: 7,
  lastNumber: 3,
};

const saying = (answers?: Applicant["answers"]): Applicant => ({
  userId: "somebody",
  isActive: true,
  departmentId: null,
  hasLiveRegistration: false,
  isInAudience: true,
  maySee: true,
  answers,
});

function told(before: LockedEvent, applicants: Applicant[]) {
  const { decisions, after } = claimSeats(before, applicants, now);
  const ends = decisions.map((decision) =>
    "claim" in decision
      ? [decision.claim.status, decision.claim.answers]
      : [decision.refusal.reason, decision.refusal.details.issues?.map(({ path }) => path)],
  );
  return { ends, after };
}

describe("registrations/claim-seats, answers", () => {
  test("who leaves out an answer is refused, and the seat is the next one's", () => {
    const { ends, after } = told(event, [
      saying({ eats: true }),
      saying({ eats: true, dish: " か\u3099ん " }),
      saying(),
      saying({ eats: false, dish: "left over" }),
    ]);
    expect(ends).toEqual([
      ["VALIDATION", ["answers.dish"]],
      ["confirmed", { eats: true, dish: "がん" }],
      ["VALIDATION", ["answers.eats"]],
      ["confirmed", { eats: false }],
    ]);
    expect(after).toMatchObject({ seatsTaken: 2, seq: 9, lastNumber: 5 });
  });

  test("nobody fills in a form to hear that there is no seat", () => {
    const full = { ...event, seatsTaken: 2 };
    expect(told(full, [saying()]).ends).toEqual([["SOLD_OUT", undefined]]);
    const waiting = { ...full, waitlistMode: "automatic" as const };
    expect(told(waiting, [saying(), saying({ eats: false })]).ends).toEqual([
      ["VALIDATION", ["answers.eats"]],
      ["waitlisted", { eats: false }],
    ]);
  });

  test("who is registered, late or at the wrong place hears that, not what is missing", () => {
    const again = { ...saying(), hasLiveRegistration: true };
    expect(told(event, [again]).ends).toEqual([["ALREADY_REGISTERED", undefined]]);
    expect(told({ ...event, status: "draft" }, [saying()]).ends).toEqual([
      ["NOT_FOUND", undefined],
    ]);
    expect(told({ ...event, registrationClosesAt: now }, [saying()]).ends).toEqual([
      ["REGISTRATION_CLOSED", undefined],
    ]);
  });

  test("an event that asks nothing keeps nothing, and takes no answers", () => {
    const silent = { ...event, questions: [] };
    expect(told(silent, [saying(), saying({}), saying({ eats: true })]).ends).toEqual([
      ["confirmed", undefined],
      ["confirmed", undefined],
      ["SOLD_OUT", undefined],
    ]);
    expect(told(silent, [saying({ eats: true })]).ends).toEqual([["VALIDATION", ["answers.eats"]]]);
  });
});

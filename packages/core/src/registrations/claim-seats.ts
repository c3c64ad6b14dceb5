import { checkAnswers } from "@tsudoi/shared/answers.ts";
import { DomainError } from "@tsudoi/shared/errors.ts";
import { bookingState } from "@tsudoi/shared/events.ts";
import type { Answers } from "@tsudoi/shared/questions.ts";
import type { RegisteredStatus } from "@tsudoi/shared/registrations.ts";
import type { LockedEvent } from "./lock-event.ts";
import { awaitsDraw, count, hasFreeSeat, waiting } from "./seat-rules.ts";

/** A person who asks for a seat, as the database knows them now, and what they answered. */
export type Applicant = {
  userId: string;
  isActive: boolean;
  departmentId: string | null;
  hasLiveRegistration: boolean;
  /** The event is for them. */
  isInAudience: boolean;
  /** It is, or they organise it. */
  maySee: boolean;
  answers?: Answers | undefined;
};

export type Claim = {
  userId: string;
  departmentId: string | null;
  status: RegisteredStatus;
  seq: number;
  number: number;
  position?: number;
  /** As they are kept; absent where the event asks nothing. */
  answers?: Answers;
};

export type Decision = { claim: Claim } | { refusal: DomainError };

/**
 * Serves people in the order they came. Whoever is refused takes nothing from the people behind them,
 * and nobody passes a waitlist that is not empty.
 */
export function claimSeats(
  event: LockedEvent,
  applicants: (Applicant | undefined)[],
  now: Date,
): { decisions: Decision[]; after: LockedEvent } {
  const after = { ...event };
  const closed = refusalOf(event, now);
  const decisions = applicants.map((applicant): Decision => {
    if (applicant === undefined || !applicant.isActive) {
      return { refusal: new DomainError("NOT_SIGNED_IN") };
    }
    if (closed === "NOT_FOUND") return { refusal: new DomainError(closed) };
    if (applicant.hasLiveRegistration) return { refusal: new DomainError("ALREADY_REGISTERED") };
    if (!applicant.maySee) return { refusal: new DomainError("NOT_FOUND") };
    if (!applicant.isInAudience) return { refusal: new DomainError("NOT_IN_AUDIENCE") };
    if (closed !== undefined) return { refusal: new DomainError(closed) };
    return claimOne(after, applicant);
  });
  return { decisions, after };
}

function refusalOf(event: LockedEvent, now: Date) {
  const state = bookingState(
    {
      status: event.status,
      registrationOpensAt: event.registrationOpensAt.toISOString(),
      registrationClosesAt: event.registrationClosesAt.toISOString(),
    },
    now,
  );
  switch (state) {
    case "open":
      return undefined;
    case "not_published":
      return "NOT_FOUND";
    case "cancelled":
      return "EVENT_CANCELLED";
    case "not_open_yet":
      return "NOT_OPEN_YET";
    case "closed":
      return "REGISTRATION_CLOSED";
  }
}

function claimOne(after: LockedEvent, applicant: Applicant): Decision {
  const status = nextStatus(after);
  if (status === "full") return { refusal: new DomainError("SOLD_OUT") };
  const said = answersOf(after, applicant);
  if ("refusal" in said) return said;
  after.seq += 1;
  after.lastNumber += 1;
  count(after, status, 1);
  return {
    claim: {
      userId: applicant.userId,
      departmentId: applicant.departmentId,
      status,
      seq: after.seq,
      number: after.lastNumber,
      ...(status === "waitlisted" ? { position: waiting(after) } : {}),
      ...said,
    },
  };
}

/** Against the questions as they are now: the form that the person saw may be an older one. */
function answersOf(
  { questions }: LockedEvent,
  { answers }: Applicant,
): { answers?: Answers } | { refusal: DomainError } {
  if (questions.length === 0 && answers === undefined) return {};
  const checked = checkAnswers(questions, answers ?? {});
  if ("issues" in checked) return { refusal: new DomainError("VALIDATION", checked) };
  return questions.length === 0 ? {} : checked;
}

function nextStatus(event: LockedEvent): RegisteredStatus | "full" {
  if (event.approval || awaitsDraw(event)) return "pending";
  if (hasFreeSeat(event)) return "confirmed";
  return event.waitlistMode === "none" ? "full" : "waitlisted";
}

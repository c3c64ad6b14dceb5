import { DomainError } from "@tsudoi/shared/errors.ts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Applicant, claimSeats, type Decision } from "./claim-seats.ts";
import type { LockedEvent } from "./lock-event.ts";

const now = new Date("2026-11-20T09:00:00Z");
const earlier = new Date("2026-11-19T09:00:00Z");
const later = new Date("2026-11-21T09:00:00Z");

const event: LockedEvent = {
  id: "event",
  status: "published",
  audience: "everyone",
  registrationOpensAt: earlier,
  registrationClosesAt: later,
  capacity: 3,
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
  questions: [],
  answersUntil: null,
  seq: 0,
  lastNumber: 0,
};

let people = 0;
function applicant(overrides: Partial<Applicant> = {}): Applicant {
  people += 1;
  return {
    userId: `user-${people}`,
    isActive: true,
    departmentId: null,
    hasLiveRegistration: false,
    isInAudience: true,
    maySee: true,
    ...overrides,
  };
}

const told = (decisions: Decision[]) =>
  decisions.map((decision) =>
    "claim" in decision ? decision.claim.status : decision.refusal.reason,
  );

describe("registrations/claim-seats", () => {
  test.each<[string, Partial<LockedEvent>, string[]]>([
    ["gives seats until there are none", {}, ["confirmed", "confirmed", "confirmed", "SOLD_OUT"]],
    [
      "puts the rest on the waitlist",
      { seatsTaken: 2, waitlistMode: "automatic" },
      ["confirmed", "waitlisted", "waitlisted", "waitlisted"],
    ],
    [
      "lets nobody pass a waitlist",
      { seatsTaken: 1, waitlistLength: 1, waitlistMode: "offer" },
      Array(4).fill("waitlisted"),
    ],
    [
      "waits for approval, whatever the seats",
      { approval: true, seatsTaken: 3 },
      Array(4).fill("pending"),
    ],
    ["takes nobody before it opens", { registrationOpensAt: later }, Array(4).fill("NOT_OPEN_YET")],
    [
      "takes nobody after it closes",
      { registrationClosesAt: now },
      Array(4).fill("REGISTRATION_CLOSED"),
    ],
    ["takes nobody once cancelled", { status: "cancelled" }, Array(4).fill("EVENT_CANCELLED")],
    ["takes nobody once closed", { status: "closed" }, Array(4).fill("REGISTRATION_CLOSED")],
    ["is not there as a draft", { status: "draft" }, Array(4).fill("NOT_FOUND")],
  ])("%s", (_what, overrides, expected) => {
    const applicants = Array.from({ length: 4 }, () => applicant());
    expect(told(claimSeats({ ...event, ...overrides }, applicants, now).decisions)).toEqual(
      expected,
    );
  });

  test("whoever is registered already hears that first, also when it is too late to register", () => {
    const again = applicant({ hasLiveRegistration: true });
    const states: [Partial<LockedEvent>, string][] = [
      [{ seatsTaken: 3 }, "ALREADY_REGISTERED"],
      [{ registrationClosesAt: now }, "ALREADY_REGISTERED"],
      [{ status: "cancelled" }, "ALREADY_REGISTERED"],
      [{ status: "draft" }, "NOT_FOUND"],
    ];
    for (const [overrides, expected] of states) {
      expect(told(claimSeats({ ...event, ...overrides }, [again], now).decisions)).toEqual([
        expected,
      ]);
    }
  });

  test("an event is not there for whom it is not for, unless they may see it or have a place in it", () => {
    const [stranger, organizer] = [{ isInAudience: false, maySee: false }, { isInAudience: false }];
    const people = [stranger, organizer, { ...stranger, hasLiveRegistration: true }];
    const ends = (overrides: Partial<LockedEvent> = {}) =>
      told(claimSeats({ ...event, ...overrides }, people.map(applicant), now).decisions);
    expect(ends()).toEqual(["NOT_FOUND", "NOT_IN_AUDIENCE", "ALREADY_REGISTERED"]);
    expect(ends({ status: "cancelled" })).toEqual(ends());
    expect(ends({ status: "draft" })).toEqual(Array(3).fill("NOT_FOUND"));
  });

  test("does not touch the row it was given", () => {
    const before = structuredClone(event);
    claimSeats(event, [applicant(), applicant()], now);
    expect(event).toEqual(before);
  });
});

type Batch = { event: LockedEvent; applicants: (Applicant | undefined)[]; cut: number };
type Claiming = (
  event: LockedEvent,
  applicants: (Applicant | undefined)[],
) => ReturnType<typeof claimSeats>;

const anyApplicant = fc.record({
  userId: fc.constant(""),
  isActive: fc.boolean(),
  departmentId: fc.constant(null),
  hasLiveRegistration: fc.boolean(),
  isInAudience: fc.boolean(),
  maySee: fc.boolean(),
});

/** An event at any moment of its life, and any people who ask at once. */
const anyBatch: fc.Arbitrary<Batch> = fc
  .record({
    capacity: fc.integer({ min: 1, max: 8 }),
    taken: fc.nat(8),
    waitlistLength: fc.oneof({ arbitrary: fc.constant(0), weight: 3 }, fc.nat(3)),
    waitlistMode: fc.constantFrom("none", "automatic", "offer"),
    approval: fc.oneof({ arbitrary: fc.constant(false), weight: 4 }, fc.boolean()),
    seq: fc.nat(50),
    applicants: fc.array(fc.option(anyApplicant, { freq: 10, nil: undefined }), { maxLength: 12 }),
    cut: fc.nat(12),
  })
  .map(({ taken, applicants, cut, ...row }) => ({
    event: {
      ...event,
      ...row,
      lastNumber: row.seq,
      seatsTaken: Math.min(taken, row.capacity),
    } as LockedEvent,
    applicants: applicants.map((each, index) => each && { ...each, userId: `user-${index}` }),
    cut,
  }));

/** What is wrong with how a batch was served, in terms of seats and people alone. */
function faults(claim: Claiming, { event: before, applicants, cut }: Batch): string[] {
  const { decisions, after } = claim(before, applicants);
  const answers = told(decisions);
  const askers = answers.filter((_, index) => {
    const asker = applicants[index];
    const isWelcome = asker?.maySee && asker.isInAudience;
    return asker?.isActive === true && !asker.hasLiveRegistration && isWelcome;
  });
  const count = (answer: string) => answers.filter((each) => each === answer).length;
  const free =
    before.waitlistLength > 0 || before.approval ? 0 : before.capacity - before.seatsTaken;
  const claims = decisions.flatMap((decision) => ("claim" in decision ? [decision.claim] : []));
  const positions = claims.flatMap((each) => (each.position === undefined ? [] : [each.position]));
  const halves = inTwo(claim, { event: before, applicants, cut });
  return [
    fault(after.seatsTaken > after.capacity, "oversold"),
    fault(
      after.seatsTaken !== before.seatsTaken + count("confirmed"),
      "the counter differs from the seats given",
    ),
    fault(
      count("confirmed") !== Math.min(askers.length, free),
      "a seat was kept back, or given past the waitlist",
    ),
    fault(
      askers.slice(0, count("confirmed")).some((answer) => answer !== "confirmed"),
      "somebody was overtaken",
    ),
    fault(
      after.waitlistLength !== before.waitlistLength + count("waitlisted"),
      "the waitlist is miscounted",
    ),
    fault(
      count("SOLD_OUT") > 0 && (before.waitlistMode !== "none" || before.approval),
      "refused although they could wait",
    ),
    fault(
      positions.some((position, index) => position !== before.waitlistLength + index + 1),
      "a place on the waitlist is not the next one",
    ),
    fault(after.seq !== before.seq + claims.length, "the order counts who was not served"),
    fault(
      claims.some(
        (each, index) =>
          each.seq !== before.seq + index + 1 || each.number !== before.lastNumber + index + 1,
      ),
      "numbers do not follow one another",
    ),
    fault(
      JSON.stringify(halves) !== JSON.stringify(answers),
      "two batches are served otherwise than one",
    ),
  ].flat();
}

function inTwo(claim: Claiming, { event: before, applicants, cut }: Batch): string[] {
  const first = claim(before, applicants.slice(0, cut));
  const second = claim(first.after, applicants.slice(cut));
  return [...told(first.decisions), ...told(second.decisions)];
}

function fault(happened: boolean, what: string): string[] {
  return happened ? [what] : [];
}

const right: Claiming = (row, applicants) => claimSeats(row, applicants, now);

/** Cuts the batch to the free seats before it looks who is registered already. */
const hidesSeats: Claiming = (row, applicants) => {
  const free = row.capacity - row.seatsTaken;
  const served = claimSeats(row, applicants.slice(0, free), now);
  const rest = applicants
    .slice(free)
    .map((): Decision => ({ refusal: new DomainError("SOLD_OUT") }));
  return row.waitlistMode === "none" && !row.approval && row.waitlistLength === 0
    ? { ...served, decisions: [...served.decisions, ...rest] }
    : right(row, applicants);
};

/** Gives a free seat to whoever asks, although others wait. */
const passesTheWaitlist: Claiming = (row, applicants) => {
  const { decisions, after } = claimSeats({ ...row, waitlistLength: 0 }, applicants, now);
  return {
    decisions,
    after: { ...after, waitlistLength: after.waitlistLength + row.waitlistLength },
  };
};

/** Counts whoever is refused as well. */
const countsRefusals: Claiming = (row, applicants) => {
  const served = right(row, applicants);
  const refused = served.decisions.filter((decision) => "refusal" in decision).length;
  return { ...served, after: { ...served.after, seq: served.after.seq + refused } };
};

/** One more than there are. */
const oversells: Claiming = (row, applicants) => {
  const served = claimSeats({ ...row, capacity: row.capacity + 1 }, applicants, now);
  return { ...served, after: { ...served.after, capacity: row.capacity } };
};

describe("registrations/claim-seats, any batch", () => {
  const property = (claim: Claiming) =>
    fc.asyncProperty(anyBatch, async (batch) => {
      expect(faults(claim, batch)).toEqual([]);
    });

  test("is served in order, exactly, and alike however it is cut", async () => {
    await fc.assert(property(right), { numRuns: 1_000 });
  });

  test.each(Object.entries({ hidesSeats, passesTheWaitlist, countsRefusals, oversells }))(
    "%s does not pass for right",
    async (_name, mutant) => {
      expect((await fc.check(property(mutant), { numRuns: 1_000 })).failed).toBe(true);
    },
  );
});

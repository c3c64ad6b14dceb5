import type { Attempt } from "./rush.ts";

export type Ledger = {
  capacity: number;
  seatsTaken: number;
  /** Every confirmed row with its place in the order of the event. */
  confirmed: { id: string; userId: string; seq: number }[];
};

/** What was wrong with a rush on an event without a waitlist; nothing, if nothing was. */
export function findFaults(attempts: Attempt[], ledger: Ledger): string[] {
  return [
    ...counts(attempts, ledger),
    ...lostSeats(attempts, ledger),
    ...falseFull(attempts),
    ...overtaking(attempts, ledger),
  ];
}

function counts(attempts: Attempt[], { capacity, seatsTaken, confirmed }: Ledger): string[] {
  const expected = Math.min(capacity, attempts.length);
  const told = attempts.filter((attempt) => attempt.told === "confirmed").length;
  const others = attempts.filter(
    (attempt) => attempt.told !== "confirmed" && attempt.told !== "SOLD_OUT",
  );
  return [
    ...fault(confirmed.length !== expected, `${confirmed.length} rows for ${expected} seats`),
    ...fault(told !== expected, `${told} people were told that they have one of ${expected} seats`),
    ...fault(
      seatsTaken !== confirmed.length,
      `the counter says ${seatsTaken}, the rows ${confirmed.length}`,
    ),
    ...fault(others.length > 0, `${others.length} people were told ${others[0]?.told}`),
  ];
}

/** Whoever was told "confirmed" has the row they were told of. */
function lostSeats(attempts: Attempt[], { confirmed }: Ledger): string[] {
  const rows = new Map(confirmed.map((row) => [row.userId, row.id]));
  const lost = attempts.filter(
    (attempt) =>
      attempt.told === "confirmed" && rows.get(attempt.person) !== attempt.registrationId,
  );
  return fault(lost.length > 0, `${lost.length} acknowledged seats are not there`);
}

/** Without cancellations an event fills once: nobody gets a seat who asked after somebody was told that it is full. */
function falseFull(attempts: Attempt[]): string[] {
  const firstFull = Math.min(
    ...attempts
      .filter((attempt) => attempt.told === "SOLD_OUT")
      .map((attempt) => attempt.answeredAt),
  );
  const later = attempts.filter(
    (attempt) => attempt.told === "confirmed" && attempt.sentAt > firstFull,
  );
  return fault(
    later.length > 0,
    `${later.length} seats were given after somebody was told that none is left`,
  );
}

/** Whoever was answered before another asked stands before them in the event's order. */
function overtaking(attempts: Attempt[], { confirmed }: Ledger): string[] {
  const seqOf = new Map(confirmed.map((row) => [row.userId, row.seq]));
  const served = attempts.flatMap((attempt) => {
    const seq = seqOf.get(attempt.person);
    return seq === undefined || attempt.told !== "confirmed" ? [] : [{ ...attempt, seq }];
  });
  const byAnswer = served.toSorted((one, other) => one.answeredAt - other.answeredAt);
  let highest = 0;
  let answered = 0;
  let overtaken = 0;
  for (const attempt of served.toSorted((one, other) => one.sentAt - other.sentAt)) {
    while ((byAnswer[answered]?.answeredAt ?? Number.POSITIVE_INFINITY) < attempt.sentAt) {
      highest = Math.max(highest, byAnswer[answered]?.seq ?? 0);
      answered += 1;
    }
    if (attempt.seq < highest) overtaken += 1;
  }
  return fault(overtaken > 0, `${overtaken} people were overtaken`);
}

function fault(happened: boolean, what: string): string[] {
  return happened ? [what] : [];
}

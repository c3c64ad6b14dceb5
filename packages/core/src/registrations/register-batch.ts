import { randomUUIDv7 } from "node:crypto";
import { DomainError } from "@tsudoi/shared/errors.ts";
import { type Registered, receiptNumber } from "@tsudoi/shared/registrations.ts";
import { recordAudit } from "#core/audit/record-audit.ts";
import type { Context, SeatRequest } from "#core/db/context.ts";
import type { StoredAnswer } from "#core/db/schema/idempotency-keys.ts";
import { transaction } from "#core/db/transaction.ts";
import { isPassing, storedRefusal } from "#core/idempotency/answers.ts";
import { claimKeys, type KeyedRequest } from "#core/idempotency/claim-keys.ts";
import { releaseKeys } from "#core/idempotency/release-keys.ts";
import { storeAnswers } from "#core/idempotency/store-answers.ts";
import { queueMessages } from "#core/notifications/queue-messages.ts";
import { type Applicant, claimSeats, type Decision } from "./claim-seats.ts";
import { endOffers } from "./end-offers.ts";
import { fillSeats } from "./fill-seats.ts";
import { findApplicants } from "./find-applicants.ts";
import { type EventKey, type LockedEvent, lockEvent } from "./lock-event.ts";
import type { Move } from "./seat-rules.ts";
import { tellMoves } from "./tell-moves.ts";
import { type Seated, writeClaims } from "./write-claims.ts";
import { writeCounters } from "./write-counters.ts";

export type BatchAnswer = { answer: StoredAnswer; replayed: boolean };

/**
 * Everyone who asked for a seat of one event at one moment, each person once, in one transaction:
 * keys, the event's lock, the claim, the rows it makes. Answers are true only after it returns.
 */
export async function registerBatch(
  ctx: Context,
  event: EventKey,
  requests: SeatRequest[],
): Promise<Map<SeatRequest, BatchAnswer>> {
  return transaction(ctx, async (tx) => {
    const answers = await replay(tx, requests);
    const open = requests.filter((request) => !answers.has(request));
    if (open.length === 0) return answers;
    for (const [request, answer] of await claimAndWrite(tx, event, open)) {
      answers.set(request, { answer, replayed: false });
    }
    return answers;
  });
}

/** Claims the keys of those who sent one; who was answered under theirs before is answered the same. */
async function replay(
  tx: Context,
  requests: SeatRequest[],
): Promise<Map<SeatRequest, BatchAnswer>> {
  const keyed = new Map(
    requests.flatMap((request) => {
      const key = toKeyed(request);
      return key === undefined ? [] : [[request, key] as const];
    }),
  );
  const states = await claimKeys(tx, [...keyed.values()]);
  const answers = new Map<SeatRequest, BatchAnswer>();
  for (const [request, key] of keyed) {
    const state = states.get(key);
    if (state?.claimed === false) answers.set(request, { answer: state.answer, replayed: true });
  }
  return answers;
}

function toKeyed(request: SeatRequest): KeyedRequest | undefined {
  const { organizationId, userId, idempotencyKey: key, requestHash = "" } = request;
  if (key === undefined) return undefined;
  return { organizationId, userId, key, procedure: "registrations.register", requestHash };
}

/** Under the lock every turn of the event loop counts: the writes need nothing of each other and go out together. */
async function claimAndWrite(
  tx: Context,
  key: EventKey,
  requests: SeatRequest[],
): Promise<Map<SeatRequest, StoredAnswer>> {
  const event = await lockEvent(tx, key);
  if (event === undefined) {
    const refusal = storedRefusal(new DomainError("NOT_FOUND"));
    return new Map(requests.map((request) => [request, refusal]));
  }
  await passFreeSeats(tx, key, event);
  const restricted = { ...key, audience: event.audience };
  const { waitlistLength } = event;
  const found = await findApplicants(tx, restricted, { requests, waitlistLength });
  const { applicants, disabledWaiting } = found;
  const { decisions, after } = claimSeats(
    { ...event, disabledWaiting },
    requests.map((request) => withAnswers(applicants.get(request.userId), request)),
    tx.now(),
  );
  const outcomes = requests.map((request, index) => toOutcome(request, decisions[index]));
  const seated = outcomes.filter((outcome) => "claim" in outcome);
  const answers = new Map(outcomes.map((outcome) => [outcome.request, toAnswer(outcome, key)]));
  await Promise.all([
    writeClaims(tx, key, { seated, after }),
    tell(tx, key, seated),
    record(tx, key, seated),
    storeAnswers(tx, keyedAnswers(answers)),
    releaseKeys(tx, keysOfPassing(answers)),
  ]);
  return answers;
}

/** Whoever waits is served before whoever comes now; mostly there is nothing to do, and no statement is sent. */
async function passFreeSeats(tx: Context, key: EventKey, event: LockedEvent): Promise<void> {
  const passed: Move[] = [
    ...(await endOffers(tx, key, event)),
    ...(await fillSeats(tx, key, event)),
  ];
  if (passed.length === 0) return;
  const told = { event, own: [], action: "registrations.passSeats", passed };
  await Promise.all([writeCounters(tx, key, event), tellMoves(tx, key, told)]);
}

function withAnswers(applicant: Applicant | undefined, { answers }: SeatRequest) {
  return applicant && answers ? { ...applicant, answers } : applicant;
}

type Outcome = Seated | { request: SeatRequest; refusal: DomainError };

function toOutcome(request: SeatRequest, decision: Decision | undefined): Outcome {
  if (decision === undefined) throw new Error("a request was left without a decision");
  return "refusal" in decision
    ? { request, refusal: decision.refusal }
    : { request, id: randomUUIDv7(), claim: decision.claim };
}

function keyedAnswers(answers: Map<SeatRequest, StoredAnswer>) {
  return [...answers].flatMap(([request, answer]) => {
    const key = toKeyed(request);
    return key === undefined || isPassing(answer) ? [] : [{ request: key, answer }];
  });
}

/** What was refused only for now may be asked again under the same key. */
function keysOfPassing(answers: Map<SeatRequest, StoredAnswer>): KeyedRequest[] {
  return [...answers].flatMap(([request, answer]) => {
    const key = toKeyed(request);
    return key !== undefined && isPassing(answer) ? [key] : [];
  });
}

function toAnswer(outcome: Outcome, key: EventKey): StoredAnswer {
  if ("refusal" in outcome) return storedRefusal(outcome.refusal);
  const { id, claim } = outcome;
  const result: Registered = {
    registration: {
      id,
      eventId: key.eventId,
      status: claim.status,
      number: receiptNumber(claim.number),
      ...(claim.position === undefined ? {} : { position: claim.position }),
    },
  };
  return { result };
}

function tell(tx: Context, key: EventKey, seated: Seated[]): Promise<void> {
  return queueMessages(
    tx,
    seated.map(({ request, id, claim }) => ({
      ...key,
      requestId: request.requestId,
      userId: claim.userId,
      kind: "registrations.confirmation",
      registrationId: id,
      dedupeKey: `registrations.confirmation:${id}:${claim.seq}`,
      details: { to: claim.status },
    })),
  );
}

function record(tx: Context, key: EventKey, seated: Seated[]): Promise<void> {
  return recordAudit(
    tx,
    seated.map(({ request, id, claim }) => ({
      organizationId: key.organizationId,
      requestId: request.requestId,
      actorId: claim.userId,
      action: "registrations.register",
      entity: "registration",
      entityId: id,
      details: { status: claim.status, seq: claim.seq },
    })),
  );
}

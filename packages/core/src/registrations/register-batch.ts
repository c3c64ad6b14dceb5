import { DomainError } from "@tsudoi/shared/errors.ts";
import { type Registered, receiptNumber } from "@tsudoi/shared/registrations.ts";
import { and, eq, sql } from "drizzle-orm";
import { recordAudit } from "#core/audit/record-audit.ts";
import type { Context, SeatRequest } from "#core/db/context.ts";
import { events } from "#core/db/schema/events.ts";
import type { StoredAnswer } from "#core/db/schema/idempotency-keys.ts";
import { transaction } from "#core/db/transaction.ts";
import { storedRefusal } from "#core/idempotency/answers.ts";
import { claimKeys, type KeyedRequest, type KeyState } from "#core/idempotency/claim-keys.ts";
import { storeAnswers } from "#core/idempotency/store-answers.ts";
import { queueConfirmations } from "#core/notifications/queue-confirmations.ts";
import {
  type Applicant,
  type Claim,
  claimSeats,
  type Decision,
  type LockedEvent,
} from "./claim-seats.ts";

export type BatchAnswer = { answer: StoredAnswer; replayed: boolean };

type EventKey = { organizationId: string; eventId: string };

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
    const keyed = keyedRequests(requests);
    const states = await claimKeys(tx, [...keyed.values()]);
    const answers = new Map<SeatRequest, BatchAnswer>();
    const open: SeatRequest[] = [];
    for (const request of requests) {
      const stored = storedAnswer(states, keyed.get(request));
      if (stored === undefined) open.push(request);
      if (stored !== undefined) answers.set(request, { answer: stored, replayed: true });
    }
    if (open.length === 0) return answers;
    for (const [request, answer] of await claimAndWrite(tx, event, open)) {
      answers.set(request, { answer, replayed: false });
    }
    await storeAnswers(
      tx,
      open.flatMap((request) => {
        const key = keyed.get(request);
        const answer = answers.get(request)?.answer;
        return key === undefined || answer === undefined ? [] : [{ request: key, answer }];
      }),
    );
    return answers;
  });
}

function keyedRequests(requests: SeatRequest[]): Map<SeatRequest, KeyedRequest> {
  return new Map(
    requests.flatMap((request): [SeatRequest, KeyedRequest][] => {
      if (request.idempotencyKey === undefined) return [];
      const { organizationId, userId, idempotencyKey: key, requestHash = "" } = request;
      return [
        [
          request,
          { organizationId, userId, key, procedure: "registrations.register", requestHash },
        ],
      ];
    }),
  );
}

function storedAnswer(
  states: Map<KeyedRequest, KeyState>,
  key: KeyedRequest | undefined,
): StoredAnswer | undefined {
  const state = key === undefined ? undefined : states.get(key);
  return state?.claimed === false ? state.answer : undefined;
}

async function claimAndWrite(
  tx: Context,
  key: EventKey,
  requests: SeatRequest[],
): Promise<[SeatRequest, StoredAnswer][]> {
  const event = await lockEvent(tx, key);
  if (event === undefined) {
    const refusal = storedRefusal(new DomainError("NOT_FOUND"));
    return requests.map((request) => [request, refusal]);
  }
  const applicants = await findApplicants(tx, key, requests);
  const { decisions, after } = claimSeats(
    event,
    requests.map((request) => applicants.get(request.userId)),
    tx.now(),
  );
  const claims = decisions.flatMap((decision) => ("claim" in decision ? [decision.claim] : []));
  const ids = claims.length === 0 ? new Map() : await writeClaims(tx, key, { claims, after });
  await tellAndRecord(tx, key, { claims, ids, requests });
  return requests.map((request, index) => [request, toAnswer(decisions[index], { ids, key })]);
}

function toAnswer(
  decision: Decision | undefined,
  { ids, key }: { ids: Map<string, string>; key: EventKey },
): StoredAnswer {
  if (decision === undefined) throw new Error("a request was left without a decision");
  if ("refusal" in decision) return storedRefusal(decision.refusal);
  const { claim } = decision;
  const id = ids.get(claim.userId);
  if (id === undefined) throw new Error("a claimed seat has no row");
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

async function lockEvent(tx: Context, key: EventKey): Promise<LockedEvent | undefined> {
  const [event] = await tx.db
    .select({
      id: events.id,
      status: events.status,
      registrationOpensAt: events.registrationOpensAt,
      registrationClosesAt: events.registrationClosesAt,
      capacity: events.capacity,
      seatsTaken: events.seatsTaken,
      waitlistLength: events.waitlistLength,
      waitlistMode: events.waitlistMode,
      approval: events.approval,
      seq: events.seq,
      lastNumber: events.lastNumber,
    })
    .from(events)
    .where(and(eq(events.organizationId, key.organizationId), eq(events.id, key.eventId)))
    .for("update");
  return event;
}

/** A statement of its own, after the lock: what it reads includes everything committed under that lock before. */
async function findApplicants(
  tx: Context,
  key: EventKey,
  requests: SeatRequest[],
): Promise<Map<string, Applicant>> {
  const rows = await tx.db.execute<{
    id: string;
    department_id: string | null;
    active: boolean;
    registered: boolean;
  }>(sql`
    select u.id, u.department_id, u.disabled_at is null as active,
      exists (
        select 1 from registrations r
        where r.organization_id = u.organization_id and r.event_id = ${key.eventId} and r.user_id = u.id
          and r.status in ('pending', 'confirmed', 'waitlisted', 'offered')
      ) as registered
    from users u
    where u.organization_id = ${key.organizationId}
      and u.id = any(${sql.param(requests.map((request) => request.userId))}::uuid[])`);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        userId: row.id,
        isActive: row.active,
        departmentId: row.department_id,
        hasLiveRegistration: row.registered,
      },
    ]),
  );
}

/** The rows and the counter that counts them, in one statement. */
async function writeClaims(
  tx: Context,
  key: EventKey,
  { claims, after }: { claims: Claim[]; after: LockedEvent },
): Promise<Map<string, string>> {
  const column = (pick: (claim: Claim) => string | number | null) => sql.param(claims.map(pick));
  const rows = await tx.db.execute<{ id: string; user_id: string }>(sql`
    with counted as (
      update events
      set seats_taken = ${after.seatsTaken}, waitlist_length = ${after.waitlistLength},
        seq = ${after.seq}, last_number = ${after.lastNumber}
      where organization_id = ${key.organizationId} and id = ${key.eventId}
    )
    insert into registrations
      (organization_id, event_id, user_id, department_id, status, seq, number, queue_no, registered_at, updated_at)
    select ${key.organizationId}, ${key.eventId}, claim.user_id, claim.department_id, claim.status, claim.seq,
      claim.number, case when claim.status = 'waitlisted' then claim.seq end,
      ${tx.now().toISOString()}::timestamptz, ${tx.now().toISOString()}::timestamptz
    from unnest(
      ${column((claim) => claim.userId)}::uuid[], ${column((claim) => claim.departmentId)}::uuid[],
      ${column((claim) => claim.status)}::text[], ${column((claim) => claim.seq)}::bigint[],
      ${column((claim) => claim.number)}::int[]
    ) as claim (user_id, department_id, status, seq, number)
    returning id, user_id`);
  return new Map(rows.map((row) => [row.user_id, row.id]));
}

async function tellAndRecord(
  tx: Context,
  key: EventKey,
  made: { claims: Claim[]; ids: Map<string, string>; requests: SeatRequest[] },
): Promise<void> {
  const requestIdOf = new Map(made.requests.map((request) => [request.userId, request.requestId]));
  const written = made.claims.flatMap((claim) => {
    const registrationId = made.ids.get(claim.userId);
    const requestId = requestIdOf.get(claim.userId);
    return registrationId === undefined
      ? []
      : [{ claim, registrationId, ...(requestId === undefined ? {} : { requestId }) }];
  });
  await queueConfirmations(
    tx,
    written.map(({ claim, registrationId, ...call }) => ({
      ...key,
      ...call,
      userId: claim.userId,
      registrationId,
      dedupeKey: `registrations.confirmation:${registrationId}:${claim.seq}`,
    })),
  );
  await recordAudit(
    tx,
    written.map(({ claim, registrationId, ...call }) => ({
      ...call,
      organizationId: key.organizationId,
      actorId: claim.userId,
      action: "registrations.register",
      entity: "registration",
      entityId: registrationId,
      details: { status: claim.status, seq: claim.seq },
    })),
  );
}

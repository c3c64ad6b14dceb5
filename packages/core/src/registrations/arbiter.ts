import { DomainError } from "@tsudoi/shared/errors.ts";
import type { Registered } from "@tsudoi/shared/registrations.ts";
import type { Context, SeatArbiter, SeatRequest } from "#core/db/context.ts";
import { forgetEvent } from "#core/events/cache.ts";
import { giveAnswer } from "#core/idempotency/answers.ts";
import { type Call, currentCall, runInCall } from "#core/platform/call.ts";
import { type Deadline, deadlineIn, isPast } from "#core/platform/deadline.ts";
import { countAttempt } from "./attempt-outcome.ts";
import { noSeats } from "./no-seats.ts";
import { type BatchAnswer, registerBatch } from "./register-batch.ts";
import { createTurns } from "./turns.ts";

/** One transaction serves this many at most: about ten milliseconds of work under the event's lock. */
const MAX_BATCH = 200;
/** More than this many waiting for one process is a flood; the rest is told to come back. */
const MAX_WAITING = 20_000;
/** Other changes of one event that wait for one process; each is a transaction of its own. */
const MOST_IN_TURN = 500;
const RETRY_AFTER_MS = 1_000;
const BATCH_DEADLINE_MS = 6_000;
/** Each waits a second for the lock at most, so that people are answered well before they give up. */
const MOST_TRIES = 4;

type Waiting = {
  request: SeatRequest;
  /** Whose statements the batch's are, in equal shares. */
  call: Call | undefined;
  resolve: (answer: Registered) => void;
  reject: (error: unknown) => void;
};

type ArbiterOptions = {
  /** What a batch works with; nobody in particular is its actor. */
  context: Omit<Context, "seats" | "deadline">;
};

/**
 * Collects the registrations of one event that arrive while a transaction for it is under way, and serves them
 * together in the next: a rush of any size queues in memory, not for the row's lock. Answers follow the commit.
 */
export function createArbiter(options: ArbiterOptions): SeatArbiter {
  const queues = new Map<string, Waiting[]>();
  const turns = createTurns();
  let waiting = 0;

  async function drain(key: string, queue: Waiting[]): Promise<void> {
    try {
      while (queue.length > 0) await turns.take(key, () => serveNext(queue));
    } catch (error) {
      waiting -= queue.length;
      for (const entry of queue.splice(0)) fail(options, entry, error);
    } finally {
      queues.delete(key);
    }
  }

  async function serveNext(queue: Waiting[]): Promise<void> {
    const batch = takeBatch(queue);
    waiting -= batch.length;
    options.context.metrics?.registrationBatchSize.observe(batch.length);
    await serve(options, batch);
  }

  return {
    inTurn: (event, deadline, work) =>
      turns.take(keyOf(event), work, { deadline, most: MOST_IN_TURN }),
    submit(request) {
      if (waiting >= MAX_WAITING) {
        countAttempt(options.context.metrics, "OVERLOADED");
        throw new DomainError("OVERLOADED", { retryAfterMs: RETRY_AFTER_MS });
      }
      waiting += 1;
      const call = currentCall();
      return new Promise((resolve, reject) => {
        const key = keyOf(request);
        const queue = queues.get(key);
        if (queue !== undefined) {
          queue.push({ request, call, resolve, reject });
          return;
        }
        const fresh: Waiting[] = [{ request, call, resolve, reject }];
        queues.set(key, fresh);
        // Calls that arrived in the same turn of the event loop share the first batch too.
        setImmediate(() => void drain(key, fresh));
      });
    },
  };
}

function keyOf(event: { organizationId: string; eventId: string }): string {
  return `${event.organizationId}:${event.eventId}`;
}

/** In order of arrival, but each person once: a second call of theirs is answered after the first is decided. */
function takeBatch(queue: Waiting[]): Waiting[] {
  const people = new Set<string>();
  const batch: Waiting[] = [];
  const later: Waiting[] = [];
  let index = 0;
  for (; index < queue.length && batch.length < MAX_BATCH; index += 1) {
    const entry = queue[index];
    if (entry === undefined) break;
    if (people.has(entry.request.userId)) {
      later.push(entry);
      continue;
    }
    people.add(entry.request.userId);
    batch.push(entry);
  }
  queue.splice(0, index, ...later);
  return batch;
}

async function serve(options: ArbiterOptions, entries: Waiting[], tries = 1): Promise<void> {
  const batch = entries.filter((entry) => !refuseExpired(options, entry));
  const [first] = batch;
  if (first === undefined) return;
  const event = { organizationId: first.request.organizationId, eventId: first.request.eventId };
  const deadline = deadlineOf(batch);
  const requestId = first.request.requestId ?? "";
  const call: Call = { name: "registrations.register", requestId, queries: 0, deadline };
  const requests = batch.map((entry) => entry.request);
  let answers: Map<SeatRequest, BatchAnswer>;
  try {
    answers = await runInCall(call, () =>
      registerBatch(contextOf(options, deadline), event, requests),
    );
  } catch (error) {
    if (nothingWasDone(error) && tries < MOST_TRIES) return serve(options, batch, tries + 1);
    return serveApart(options, batch, error);
  }
  forgetEvent(options.context, event);
  for (const entry of batch) {
    if (entry.call !== undefined) entry.call.queries += call.queries / batch.length;
    settle(options, entry, answers.get(entry.request));
  }
}

/** Nobody in the batch waits for it any longer than this. */
function deadlineOf(batch: Waiting[]): Deadline {
  const latest = Math.max(...batch.map((entry) => entry.request.deadline.at));
  return { at: Math.min(deadlineIn(BATCH_DEADLINE_MS).at, latest) };
}

/** Another process held the event, or others all connections, longer than a statement waits. */
function nothingWasDone(error: unknown): boolean {
  return error instanceof DomainError && error.reason === "OVERLOADED";
}

/** A batch that fails for a reason of its rows is halved until the row that causes it stands alone. */
async function serveApart(
  options: ArbiterOptions,
  batch: Waiting[],
  error: unknown,
): Promise<void> {
  if (batch.length === 1 || error instanceof DomainError) {
    for (const entry of batch) fail(options, entry, error);
    return;
  }
  options.context.log.warn({ err: error, size: batch.length }, "a batch failed and is split");
  const half = Math.ceil(batch.length / 2);
  await serve(options, batch.slice(0, half));
  await serve(options, batch.slice(half));
}

function contextOf(options: ArbiterOptions, deadline: Deadline): Context {
  return {
    ...options.context,
    deadline,
    seats: noSeats("a batch never asks for another batch"),
  };
}

function refuseExpired(options: ArbiterOptions, entry: Waiting): boolean {
  if (!isPast(entry.request.deadline)) return false;
  fail(options, entry, new DomainError("TIMEOUT", { retryAfterMs: RETRY_AFTER_MS }));
  return true;
}

function settle(options: ArbiterOptions, entry: Waiting, given: BatchAnswer | undefined): void {
  if (given === undefined) {
    fail(options, entry, new Error("a request was left without an answer"));
    return;
  }
  if (given.replayed) {
    options.context.metrics?.idempotencyReplaysTotal.inc({ operation: "registrations.register" });
  }
  try {
    const answer = giveAnswer(given.answer) as Registered;
    countAttempt(options.context.metrics, answer.registration.status);
    entry.resolve(answer);
  } catch (error) {
    fail(options, entry, error);
  }
}

function fail(options: ArbiterOptions, entry: Waiting, error: unknown): void {
  countAttempt(options.context.metrics, error instanceof DomainError ? error.reason : "INTERNAL");
  entry.reject(error);
}

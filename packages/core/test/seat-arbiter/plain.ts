import { DomainError } from "@tsudoi/shared/errors.ts";
import type { Registered } from "@tsudoi/shared/registrations.ts";
import type { Context, SeatArbiter, SeatRequest } from "#core/db/context.ts";
import { giveAnswer } from "#core/idempotency/answers.ts";
import { deadlineIn, isPast } from "#core/platform/deadline.ts";
import type { createArbiter } from "#core/registrations/arbiter.ts";
import { noSeats } from "#core/registrations/no-seats.ts";
import { type BatchAnswer, registerBatch } from "#core/registrations/register-batch.ts";
import { createTurns, type Turns } from "#core/registrations/turns.ts";

const BATCH_MS = 20_000;

export type MakeArbiter = typeof createArbiter;

export type Waiting = {
  request: SeatRequest;
  resolve: (answer: Registered) => void;
  reject: (error: unknown) => void;
};

type Answers = Map<SeatRequest, BatchAnswer>;

/** What an arbiter is made of; a mutant has one of them wrong. */
export type Parts = {
  /** Who of those that wait is served next, and no longer waits. */
  take: (queue: Waiting[]) => Waiting[];
  isLate: (request: SeatRequest) => boolean;
  book: typeof registerBatch;
  /** How often a batch asks for an event that others hold. */
  mostTries: number;
  /** What becomes of a batch that could not be written; `again` serves a part of it. */
  fail: (batch: Waiting[], error: unknown, again: Again) => Promise<void>;
  /** Whose answer somebody of the batch is given. */
  answerFor: (index: number, batch: Waiting[]) => Waiting | undefined;
  /** In which a batch waits for its turn. */
  batchTurns: (turns: Turns) => Pick<Turns, "take">;
};

type Again = (part: Waiting[]) => Promise<void>;

export const RIGHT: Parts = {
  take(queue) {
    const people = new Set<string>();
    const batch = queue.filter(({ request: { userId } }) => {
      const isFirst = !people.has(userId);
      people.add(userId);
      return isFirst;
    });
    const later = queue.filter((entry) => !batch.includes(entry));
    queue.splice(0, queue.length, ...later);
    return batch;
  },
  isLate: ({ deadline }) => isPast(deadline),
  book: registerBatch,
  mostTries: 50,
  async fail(batch, error, again) {
    if (batch.length === 1) return refuse(batch, error);
    for (const entry of batch) await again([entry]);
  },
  answerFor: (index, batch) => batch[index],
  batchTurns: (turns) => turns,
};

export function refuse(batch: Waiting[], error: unknown): void {
  for (const { reject } of batch) reject(error);
}

/** The arbiter of one event once more, part by part and without a thought of speed. */
export function plainArbiter(
  { context }: Parameters<MakeArbiter>[0],
  wrong: Partial<Parts> = {},
): SeatArbiter {
  const parts = { ...RIGHT, ...wrong };
  const turns = createTurns();
  const queue: Waiting[] = [];
  const ctx = (): Context => ({
    ...context,
    deadline: deadlineIn(BATCH_MS),
    seats: noSeats("a batch never asks for another batch"),
  });

  async function serve(asked: Waiting[], tries = 1): Promise<void> {
    const late = asked.filter(({ request }) => parts.isLate(request));
    refuse(late, new DomainError("TIMEOUT"));
    const batch = asked.filter((entry) => !late.includes(entry));
    const [first] = batch;
    if (first === undefined) return;
    const requests = batch.map(({ request }) => request);
    let answers: Answers;
    try {
      answers = await parts.book(ctx(), first.request, requests);
    } catch (error) {
      const isHeld = error instanceof DomainError && error.reason === "OVERLOADED";
      if (isHeld && tries < parts.mostTries) return serve(batch, tries + 1);
      return parts.fail(batch, error, serve);
    }
    for (const [index, entry] of batch.entries()) {
      tell(entry, answers.get(parts.answerFor(index, batch)?.request ?? entry.request));
    }
  }

  return {
    inTurn: ({ eventId }, deadline, work) => turns.take(eventId, work, { deadline }),
    submit: (request) =>
      new Promise((resolve, reject) => {
        queue.push({ request, resolve, reject });
        const next = () => serve(parts.take(queue));
        setImmediate(() => void parts.batchTurns(turns).take(request.eventId, next));
      }),
  };
}

function tell({ resolve, reject }: Waiting, given: BatchAnswer | undefined): void {
  try {
    if (given === undefined) throw new Error("a request was left without an answer");
    resolve(giveAnswer(given.answer) as Registered);
  } catch (error) {
    reject(error);
  }
}

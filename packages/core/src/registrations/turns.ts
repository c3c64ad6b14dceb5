import { DomainError } from "@tsudoi/shared/errors.ts";
import { type Deadline, NO_DEADLINE, refuseIfPast, remainingMs } from "#core/platform/deadline.ts";

const RETRY_AFTER_MS = 1_000;

type Limits = {
  /** Nobody waits for the work any longer than this. */
  deadline?: Deadline;
  /** So many in line for one key are a flood, and the rest is told to come back; other keys are not concerned. */
  most?: number;
};

export type Turns = {
  /** Begins `work` when all that was asked for under this key before has ended, however it ended. */
  take: <T>(key: string, work: () => Promise<T>, limits?: Limits) => Promise<T>;
};

type Line = { last: Promise<void>; length: number };

/**
 * What waits for one event waits here, in memory and in order, instead of in line for the row's lock: there everyone would
 * hold a connection, and whoever asks about another event would wait with them.
 */
export function createTurns(): Turns {
  const lines = new Map<string, Line>();
  return {
    async take(key, work, { deadline = NO_DEADLINE, most = Number.POSITIVE_INFINITY } = {}) {
      const line = lines.get(key) ?? { last: Promise.resolve(), length: 0 };
      if (line.length >= most)
        throw new DomainError("OVERLOADED", { retryAfterMs: RETRY_AFTER_MS });
      const before = line.last;
      const { promise, resolve } = Promise.withResolvers<void>();
      line.last = promise;
      line.length += 1;
      lines.set(key, line);
      const leave = () => {
        line.length -= 1;
        if (line.length === 0) lines.delete(key);
        resolve();
      };
      try {
        await atMostUntil(deadline, before);
        refuseIfPast(deadline);
      } catch (error) {
        // The place in line is kept: whoever comes after waits for whoever came before.
        void before.then(leave);
        throw error;
      }
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}

async function atMostUntil(deadline: Deadline, turn: Promise<void>): Promise<void> {
  if (deadline === NO_DEADLINE) return turn;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, remainingMs(deadline));
  });
  await Promise.race([turn, late]);
  clearTimeout(timer);
}

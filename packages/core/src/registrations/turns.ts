import { DomainError } from "@tsudoi/shared/errors.ts";
import { type Deadline, refuseIfPast } from "#core/platform/deadline.ts";

/** More than this many waiting for one process is a flood; the rest is told to come back. */
const MOST_WAITING = 2_000;
const RETRY_AFTER_MS = 1_000;

export type Turns = {
  /** Begins `work` when all that was asked for under this key before has ended, however it ended. */
  take: <T>(key: string, deadline: Deadline, work: () => Promise<T>) => Promise<T>;
};

/**
 * What waits for one event waits here, in memory and in order, instead of in line for the row's lock: there everyone would
 * hold a connection, and whoever asks about another event would wait with them.
 */
export function createTurns(): Turns {
  const ends = new Map<string, Promise<void>>();
  let waiting = 0;
  return {
    async take(key, deadline, work) {
      if (waiting >= MOST_WAITING) {
        throw new DomainError("OVERLOADED", { retryAfterMs: RETRY_AFTER_MS });
      }
      const before = ends.get(key);
      const { promise: end, resolve } = Promise.withResolvers<void>();
      ends.set(key, end);
      waiting += 1;
      try {
        await before;
      } finally {
        waiting -= 1;
      }
      try {
        refuseIfPast(deadline);
        return await work();
      } finally {
        if (ends.get(key) === end) ends.delete(key);
        resolve();
      }
    },
  };
}

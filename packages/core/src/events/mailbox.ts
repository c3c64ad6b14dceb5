import { type LiveSeats, markOf } from "@tsudoi/shared/live-seats.ts";

export type Mailbox = {
  put: (seats: LiveSeats) => void;
  /** Lets whoever waits look at the clock. */
  remind: () => void;
  close: () => void;
  /** What has changed since the last time, or nothing after a reminder; undefined once it is closed. */
  take: () => Promise<LiveSeats[] | undefined>;
};

/** Holds the last state of each event and no more, however slowly it is emptied; `seen` is the mark of what is known. */
export function createMailbox(seen?: string): Mailbox {
  const changed = new Map<string, LiveSeats>();
  let bell = Promise.withResolvers<void>();
  let isClosed = false;
  return {
    put(seats) {
      if (markOf(seats) === seen) return;
      changed.set(seats.eventId, seats);
      bell.resolve();
    },
    remind: () => bell.resolve(),
    close() {
      isClosed = true;
      bell.resolve();
    },
    async take() {
      if (!isClosed) await bell.promise;
      bell = Promise.withResolvers();
      if (isClosed) return undefined;
      const taken = [...changed.values()];
      changed.clear();
      return taken;
    },
  };
}

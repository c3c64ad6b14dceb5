import type { LiveSeats, WatchInput } from "@tsudoi/shared/live-seats.ts";
import type { Context } from "#core/db/context.ts";
import type { SeatWatch } from "#core/events/seat-watch.ts";
import { watch } from "#core/events/watch.ts";

export type SeatReader = {
  seen: LiveSeats[];
  last: () => LiveSeats | undefined;
  leave: () => void;
  over: Promise<void>;
  isOver: () => boolean;
};

/** Reads a stream of live seats until it ends or the test leaves it. */
export async function readSeats(
  ctx: Context,
  seatWatch: SeatWatch,
  input: WatchInput,
): Promise<SeatReader> {
  const stop = new AbortController();
  const stream = await watch({ ...ctx, seatWatch, signal: stop.signal }, input);
  const seen: LiveSeats[] = [];
  let isOver = false;
  const readAll = async () => {
    for await (const seats of stream) seen.push(seats);
    isOver = true;
  };
  return {
    seen,
    last: () => seen.at(-1),
    leave: () => stop.abort(),
    over: readAll(),
    isOver: () => isOver,
  };
}

import type { SeatArbiter } from "#core/db/context.ts";

/** Where nobody registers; whatever changes an event's seats there waits for nobody but the row. */
export function noSeats(why: string): SeatArbiter {
  return {
    submit: () => Promise.reject(new Error(why)),
    inTurn: (_event, _deadline, work) => work(),
  };
}

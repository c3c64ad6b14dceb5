import { dayOf } from "@tsudoi/shared/dates.ts";
import { useEffect, useReducer } from "react";
import { clock, nextOf, waitFor } from "./clock.ts";
import { addDays, instantOf, readerZone } from "./zoned.ts";

/** The time; as each of the moments comes, what shows it is shown anew. */
export function useNow(moments: readonly string[]): Date {
  const [, showAnew] = useReducer((times: number) => times + 1, 0);
  const now = clock.now();
  const next = nextOf(moments, now);
  useEffect(() => (next === undefined ? undefined : wakeAt(next, showAnew)), [next]);
  return new Date(now);
}

/** The reader's day, which ends while a page is open. */
export function useToday(): string {
  const day = (time: number) => dayOf(new Date(time).toISOString(), readerZone());
  const end = instantOf(`${addDays(day(clock.now()), 1)}T00:00`, readerZone());
  return day(useNow(end ? [end] : []).getTime());
}

function wakeAt(moment: number, wake: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>;
  function look(): void {
    clearTimeout(timer);
    const wait = waitFor(moment, clock.now());
    if (wait === 0) wake();
    else timer = setTimeout(look, wait);
  }
  look();
  // Timers are late in a hidden tab and after a sleep.
  document.addEventListener("visibilitychange", look);
  return () => {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", look);
  };
}

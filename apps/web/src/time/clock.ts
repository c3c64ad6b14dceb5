import { MINUTE, SECOND } from "@tsudoi/shared/time.ts";

/** Far below the 24.8 days at which timers overflow: they also stand still while the device sleeps. */
const LONGEST_WAIT_MS = MINUTE;

export type Clock = ReturnType<typeof createClock>;

/**
 * The server's time, as far as its answers have shown it, else the device's. It may be a moment late and is
 * never early: who acts when this clock says so is not told to wait.
 */
export function createClock(device: () => number = Date.now) {
  let ahead: number | undefined;
  return {
    now: () => device() + (ahead ?? 0),
    /** Learns from an answer's date, which is cut to the second, and from when its request was sent. */
    learn({ date, sentAt }: { date: string | null; sentAt: number }): void {
      const shown = Date.parse(date ?? "");
      if (Number.isNaN(shown)) return;
      const least = shown - device();
      const most = shown + SECOND - sentAt;
      // Answers narrow it down, unless the device's clock was set in between.
      ahead = ahead === undefined || ahead > most ? least : Math.max(ahead, least);
    },
  };
}

/** One for the page, as there is one device. */
export const clock = createClock();

/** The first of the moments that is still to come. */
export function nextOf(moments: readonly string[], now: number): number | undefined {
  const coming = moments.map((moment) => Date.parse(moment)).filter((moment) => moment > now);
  return coming.length === 0 ? undefined : Math.min(...coming);
}

/** How long to wait before looking at the clock again. */
export function waitFor(moment: number, now: number): number {
  return Math.min(Math.max(0, moment - now), LONGEST_WAIT_MS);
}

import { setTimeout as wait } from "node:timers/promises";

export type KeepAliveOptions = {
  /** As people are told about it. */
  title: string;
  /** Resolves with the reason when the process that runs now ends. */
  ended: () => Promise<string>;
  restart: () => Promise<void> | void;
  say: (line: string) => void;
  /** It ended too often: nobody tries again. */
  onGiveUp: (reason: string) => void;
  /** How time passes; the real one where nothing is said. */
  clock?: { now: () => number; pause: (ms: number, signal: AbortSignal) => Promise<void> };
};

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
const MOST_DEATHS_IN_A_ROW = 5;
/** After living this long, a death is a first one again. */
const STEADY_MS = 60_000;

/** Starts a process again whenever it ends, later each time, and not for ever; until released. */
export function keepAlive(options: KeepAliveOptions): { release: () => void } {
  const released = new AbortController();
  // A release in the middle of a pause ends it by an abort, which is nobody's fault.
  watch(options, released.signal).catch(() => {});
  return { release: () => released.abort() };
}

const REAL_CLOCK = {
  now: () => Date.now(),
  pause: (ms: number, signal: AbortSignal) => wait(ms, undefined, { signal }),
};

async function watch(options: KeepAliveOptions, released: AbortSignal): Promise<void> {
  const { now, pause } = options.clock ?? REAL_CLOCK;
  let failure: string | undefined;
  for (let deaths = 0; ; ) {
    const startedAt = now();
    const reason = failure ?? (await options.ended());
    if (released.aborted) return;
    deaths = now() - startedAt > STEADY_MS ? 1 : deaths + 1;
    if (deaths > MOST_DEATHS_IN_A_ROW) {
      options.onGiveUp(`${options.title} ended ${deaths} times in a row (${reason})`);
      return;
    }
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (deaths - 1), LONGEST_PAUSE_MS);
    options.say(`${options.title} ended (${reason}); starting it again in ${pauseMs / 1_000} s`);
    await pause(pauseMs, released);
    failure = await tryRestart(options);
  }
}

/** A start that fails is one more death, not the end of the watch. */
async function tryRestart(options: KeepAliveOptions): Promise<string | undefined> {
  try {
    await options.restart();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

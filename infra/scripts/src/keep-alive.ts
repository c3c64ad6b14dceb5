import { setTimeout as pause } from "node:timers/promises";

export type KeepAliveOptions = {
  /** As people are told about it. */
  title: string;
  /** Resolves with the reason when the process that runs now ends. */
  ended: () => Promise<string>;
  restart: () => Promise<void> | void;
  say: (line: string) => void;
  /** It ended too often: nobody tries again. */
  onGiveUp: (reason: string) => void;
};

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
const MOST_DEATHS_IN_A_ROW = 5;
/** After living this long, a death is a first one again. */
const STEADY_MS = 60_000;

/** Starts a process again whenever it ends, later each time, and not for ever; until released. */
export function keepAlive(options: KeepAliveOptions): { release: () => void } {
  const released = new AbortController();
  watch(options, released.signal).catch((error: unknown) => {
    if (!released.signal.aborted) options.onGiveUp(`${options.title}: ${String(error)}`);
  });
  return { release: () => released.abort() };
}

async function watch(options: KeepAliveOptions, released: AbortSignal): Promise<void> {
  for (let deaths = 0; ; ) {
    const startedAt = Date.now();
    const reason = await options.ended();
    if (released.aborted) return;
    deaths = Date.now() - startedAt > STEADY_MS ? 1 : deaths + 1;
    if (deaths > MOST_DEATHS_IN_A_ROW) {
      options.onGiveUp(`${options.title} ended ${deaths} times in a row (${reason})`);
      return;
    }
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (deaths - 1), LONGEST_PAUSE_MS);
    options.say(`${options.title} ended (${reason}); starting it again in ${pauseMs / 1_000} s`);
    await pause(pauseMs, undefined, { signal: released });
    await options.restart();
  }
}

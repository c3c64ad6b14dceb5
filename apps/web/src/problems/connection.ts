import { SECOND } from "@tsudoi/shared/time.ts";

const FIRST_WAIT_MS = 5 * SECOND;
const LONGEST_WAIT_MS = 30 * SECOND;

/** Whether something answers where the page came from. */
export async function isServerThere(): Promise<boolean> {
  try {
    return (await fetch("/version.json", { cache: "no-store" })).status < 500;
  } catch {
    return false;
  }
}

/** Tells, once, when the server answers again: looks as soon as the device is online, and now and then. */
export function onceConnected(tell: () => void, firstWaitMs = FIRST_WAIT_MS): () => void {
  let timer: ReturnType<typeof setTimeout>;
  let wait = firstWaitMs;
  const stop = new AbortController();
  function lookLater(): void {
    // Thousands of pages that lost the same server do not come back in the same moment.
    timer = setTimeout(() => void look(), wait * (1 + Math.random() / 4));
    wait = Math.min(2 * wait, LONGEST_WAIT_MS);
  }
  async function look(): Promise<void> {
    clearTimeout(timer);
    const isThere = document.visibilityState === "visible" && (await isServerThere());
    if (stop.signal.aborted) return;
    if (!isThere) return lookLater();
    end();
    tell();
  }
  function end(): void {
    stop.abort();
    clearTimeout(timer);
  }
  window.addEventListener("online", () => void look(), { signal: stop.signal });
  lookLater();
  return end;
}

import { SECOND } from "@tsudoi/shared/time.ts";
import { createContext, use, useSyncExternalStore } from "react";

/** Long enough to read a sentence twice. */
const SHOWN_MS = 8 * SECOND;

export type Said = ReturnType<typeof createSaid>;

/** The last word about something that was just done, where it may be gone from the page. */
export function createSaid() {
  let words: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();
  function set(next: string | undefined): void {
    clearTimeout(timer);
    words = next;
    if (next !== undefined) timer = setTimeout(() => set(undefined), SHOWN_MS);
    for (const listener of listeners) listener();
  }
  return {
    say: (text: string) => set(text),
    get: () => words,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

export const SaidContext = createContext<Said | null>(null);

/** Says at the edge of the screen what has just been done. */
export function useSay(): Said["say"] {
  return useSaid().say;
}

export function useSaidWords(): string | undefined {
  const { get, subscribe } = useSaid();
  return useSyncExternalStore(subscribe, get);
}

function useSaid(): Said {
  const said = use(SaidContext);
  if (!said) throw new Error("nobody listens around this component");
  return said;
}

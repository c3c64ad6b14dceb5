import { type RefObject, useEffect, useState } from "react";

/** What one press changes comes in several steps; the last of them decides where the focus is needed. */
const SETTLE_MS = 150;

/** Where the button that was pressed goes away, its row takes the focus, or where that is gone too, the page's heading. */
export function useFocusAfter(heading: RefObject<HTMLElement | null>): (id: string) => void {
  const [done, setDone] = useState<{ id: string }>();
  useEffect(() => {
    if (done === undefined) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      if (document.activeElement !== document.body) return;
      const row = document.querySelector<HTMLElement>(`[data-registration="${done.id}"] h3 a`);
      (row ?? heading.current)?.focus();
    };
    const changes = new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(look, SETTLE_MS);
    });
    changes.observe(document.body, { childList: true, subtree: true });
    // Whoever goes on by themselves is left alone.
    const goesOn = new AbortController();
    const stop = () => {
      changes.disconnect();
      clearTimeout(timer);
      goesOn.abort();
    };
    document.addEventListener("keydown", stop, { signal: goesOn.signal });
    document.addEventListener("pointerdown", stop, { signal: goesOn.signal });
    return stop;
  }, [done, heading]);
  return (id) => setDone({ id });
}

import { type RefObject, useEffect, useState } from "react";

/** Where the button that was pressed goes away, its row takes the focus, or where that is gone too, the page's heading. */
export function useFocusAfter(heading: RefObject<HTMLElement | null>): (id: string) => void {
  const [done, setDone] = useState<string>();
  useEffect(() => {
    if (done === undefined) return undefined;
    const look = () => {
      if (document.activeElement !== document.body) return;
      const row = document.querySelector<HTMLElement>(`[data-registration="${done}"] h3 a`);
      (row ?? heading.current)?.focus();
    };
    const changes = new MutationObserver(look);
    changes.observe(document.body, { childList: true, subtree: true });
    // Whoever goes on by themselves is left alone.
    const stop = () => changes.disconnect();
    document.addEventListener("keydown", stop, { once: true });
    document.addEventListener("pointerdown", stop, { once: true });
    return () => {
      stop();
      document.removeEventListener("keydown", stop);
      document.removeEventListener("pointerdown", stop);
    };
  }, [done, heading]);
  return setDone;
}

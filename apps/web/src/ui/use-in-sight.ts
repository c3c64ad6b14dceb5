import { type RefObject, useEffect, useRef } from "react";

/** Keeps the part that is shown in sight of its row, which scrolls sideways; the page stays where it is. */
export function useInSight(isCurrent: boolean): RefObject<HTMLLIElement | null> {
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const part = item.current;
    const row = part?.parentElement;
    if (!isCurrent || !row) return;
    // It tells at once, and again when a number that comes later widens the parts before this one.
    const observer = new ResizeObserver(() => {
      row.scrollLeft = part.offsetLeft - row.offsetLeft - (row.clientWidth - part.offsetWidth) / 2;
    });
    for (const one of row.children) observer.observe(one);
    return () => observer.disconnect();
  }, [isCurrent]);
  return item;
}

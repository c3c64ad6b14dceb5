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
      row.scrollBy({ left: middleOf(part) - middleOf(row), behavior: "instant" });
    });
    for (const one of row.children) observer.observe(one);
    return () => observer.disconnect();
  }, [isCurrent]);
  return item;
}

function middleOf(part: HTMLElement): number {
  const { left, right } = part.getBoundingClientRect();
  return (left + right) / 2;
}

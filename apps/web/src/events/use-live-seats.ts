import { type RefObject, use, useEffect, useRef } from "react";
import { LiveContext } from "./live-seats.ts";

/** What is about to be scrolled into sight is up to date when it comes. */
const NEAR = "200px";

/** Keeps an event's seats up to date while the element that shows them is in sight. */
export function useLiveSeats<Shown extends Element>(
  eventId: string | undefined,
): RefObject<Shown | null> {
  const live = use(LiveContext);
  const place = useRef<Shown>(null);
  useEffect(() => {
    if (!live || eventId === undefined || !place.current) return undefined;
    let leave: (() => void) | undefined;
    const sight = new IntersectionObserver(
      (entries) => {
        leave?.();
        // Of several frames the last is how it is.
        leave = entries.at(-1)?.isIntersecting ? live.follow(eventId) : undefined;
      },
      { rootMargin: NEAR },
    );
    sight.observe(place.current);
    return () => {
      sight.disconnect();
      leave?.();
    };
  }, [live, eventId]);
  return place;
}

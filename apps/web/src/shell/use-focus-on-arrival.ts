import { useRouter } from "@tanstack/react-router";
import { type RefObject, useEffect, useRef } from "react";

/** A card by which a page was left: the page it leads to, which of its cards, and how high it stood. */
type Departure = { path: string; index: number; top: number };

/**
 * A new page takes the focus, as a document would, unless its address names a part of it; a changed filter leaves it
 * where it is. On the way back the card one left by has it again, at the height where it stood, whatever has come above it.
 */
export function useFocusOnArrival(): RefObject<HTMLElement | null> {
  const router = useRouter();
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    const departures = new Map<string, Departure>();
    const stopLeaving = router.subscribe("onBeforeLoad", ({ fromLocation, toLocation }) => {
      const key = fromLocation?.state.__TSR_key;
      const departure = key && departureTo(toLocation.pathname, main.current);
      if (departure) departures.set(key, departure);
    });
    const stopArriving = router.subscribe(
      "onRendered",
      ({ fromLocation, toLocation, pathChanged }) => {
        if (!fromLocation || !pathChanged || toLocation.hash !== "") return;
        const departure = departures.get(toLocation.state.__TSR_key ?? "");
        const card = departure && cardsTo(departure.path, main.current)[departure.index];
        if (card) scrollBy({ top: card.getBoundingClientRect().top - departure.top });
        (card ?? main.current)?.focus({ preventScroll: true });
      },
    );
    return () => {
      stopLeaving();
      stopArriving();
    };
  }, [router]);
  return main;
}

function departureTo(path: string, page: HTMLElement | null): Departure | undefined {
  const cards = cardsTo(path, page);
  const index = Math.max(
    0,
    cards.findIndex((card) => card.matches(":focus")),
  );
  const top = cards[index]?.getBoundingClientRect().top;
  return top === undefined ? undefined : { path, index, top };
}

function cardsTo(path: string, page: HTMLElement | null): HTMLElement[] {
  const selector = `.link-card a[href="${CSS.escape(path)}"]`;
  return Array.from(page?.querySelectorAll<HTMLElement>(selector) ?? []);
}

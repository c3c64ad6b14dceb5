import type { EventSummary } from "@tsudoi/shared/events.ts";
import type { Texts } from "#web/texts/texts.tsx";

type Place = Pick<EventSummary, "location" | "hidesLocation">;

/** 本社 12F, 本社 12F + オンライン, オンライン, or nothing yet. */
export function placeOf(
  { online, ...event }: Place & Pick<EventSummary, "online">,
  texts: Texts,
): string | undefined {
  const site = siteOf(event, texts);
  if (site && online) return texts.events.place(site);
  return site ?? (online ? texts.events.online : undefined);
}

/** Where it is, or when the reader is told. */
export function siteOf({ location, hidesLocation }: Place, texts: Texts): string | null {
  return hidesLocation ? texts.events.placeLater : location;
}

import type { EventSummary } from "@tsudoi/shared/events.ts";
import type { Texts } from "#web/texts/texts.tsx";

/** 本社 12F, 本社 12F + オンライン, オンライン, or nothing yet. */
export function placeOf(
  { location, online }: Pick<EventSummary, "location" | "online">,
  texts: Texts,
): string | undefined {
  if (location && online) return texts.events.place(location);
  return location ?? (online ? texts.events.online : undefined);
}

import type { Link, Links } from "#core/platform/links.ts";

const PURPOSES = ["calendar", "calendar-entry"] as const;

export type CalendarLink = Link & { purpose: (typeof PURPOSES)[number] };

/** What a calendar's address is about; nothing where it was not made here. */
export function calendarLink(links: Links, token: string): CalendarLink | undefined {
  for (const purpose of PURPOSES) {
    const link = links.read(purpose, token);
    if (link !== undefined) return { ...link, purpose };
  }
  return undefined;
}

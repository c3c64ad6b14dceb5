import { EVENT_STATUSES, type EventScope, type EventStatus } from "@tsudoi/shared/events.ts";
import { addDays, asDay, instantOf, readerZone } from "#web/time/zoned.ts";

/** The filters as the address carries them; `from` and `to` are days, both included. */
export type EventSearch = {
  text?: string;
  category?: string;
  scope?: "mine";
  status?: EventStatus;
  from?: string;
  to?: string;
};

const LONGEST_TEXT = 100;

/** Takes what is valid from an address and leaves the rest. */
export function readEventSearch(search: Record<string, unknown>): EventSearch {
  const text = textOf(search.text)?.slice(0, LONGEST_TEXT);
  const category = textOf(search.category);
  const status = EVENT_STATUSES.find((known) => known === search.status);
  const from = asDay(textOf(search.from));
  const to = asDay(textOf(search.to));
  return {
    ...(text ? { text } : {}),
    ...(category && /^[a-z0-9-]{1,40}$/.test(category) ? { category } : {}),
    ...(search.scope === "mine" ? { scope: "mine" } : {}),
    ...(status ? { status } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
  };
}

/** The same filters as the API takes them. */
export function toListInput({ from, to, text, ...same }: EventSearch, scope?: EventScope) {
  const zone = readerZone();
  const fromInstant = from && instantOf(`${from}T00:00`, zone);
  const toInstant = to && instantOf(`${addDays(to, 1)}T00:00`, zone);
  const trimmed = text?.trim();
  return {
    ...same,
    ...(scope ? { scope } : {}),
    ...(trimmed ? { text: trimmed } : {}),
    ...(fromInstant ? { from: fromInstant } : {}),
    ...(toInstant ? { to: toInstant } : {}),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

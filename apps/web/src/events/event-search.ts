import { EVENT_STATUSES, type EventScope, type EventStatus } from "@tsudoi/shared/events.ts";
import { addDays, asDay, instantOf, readerZone } from "#web/time/zoned.ts";

/** The filters as the address carries them; `from` and `to` are days, both included. */
export type EventSearch = {
  text?: string | undefined;
  category?: string | undefined;
  scope?: "mine" | undefined;
  status?: EventStatus | undefined;
  when?: "upcoming" | "past" | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

const LONGEST_TEXT = 100;

/** Takes what is valid from an address. The router keeps what is not named here, so every name is. */
export function readEventSearch(search: Record<string, unknown>): EventSearch {
  const category = textOf(search.category);
  return {
    text: textOf(search.text)?.slice(0, LONGEST_TEXT),
    category: category && /^[a-z0-9-]{1,40}$/.test(category) ? category : undefined,
    scope: search.scope === "mine" ? "mine" : undefined,
    status: EVENT_STATUSES.find((known) => known === search.status),
    when: search.when === "past" ? "past" : undefined,
    from: asDay(textOf(search.from)),
    to: asDay(textOf(search.to)),
  };
}

/** Whether the list is narrowed, whatever it is a list of. */
export function isFiltered({ text, category, status, from, to }: EventSearch): boolean {
  return [text, category, status, from, to].some((filter) => filter !== undefined);
}

/** A day of the calendar, and nothing else that narrows the list. */
export function isOneDay({ from, to, ...others }: EventSearch): boolean {
  return from !== undefined && from === to && !isFiltered(others);
}

/** The list that an address means. One's own past is on the page of one's registrations, unless a day is chosen. */
export function shownList(search: EventSearch): { search: EventSearch; scope: EventScope } {
  if (search.scope !== "mine") return { search: { ...search, when: undefined }, scope: "open" };
  const when = search.from ? undefined : "upcoming";
  return { search: { ...search, when }, scope: "mine" };
}

export type EventListInput = ReturnType<typeof toListInput>;

/** The same filters as the API takes them. */
export function toListInput(search: EventSearch, scope?: EventScope) {
  const { category, status, when, from, to } = search;
  const zone = readerZone();
  const text = search.text?.trim();
  const fromInstant = from && instantOf(`${from}T00:00`, zone);
  const toInstant = to && instantOf(`${addDays(to, 1)}T00:00`, zone);
  return {
    ...(category ? { category } : {}),
    ...(status ? { status } : {}),
    ...(scope ? { scope } : {}),
    ...(when ? { when } : {}),
    ...(text ? { text } : {}),
    ...(fromInstant ? { from: fromInstant } : {}),
    ...(toInstant ? { to: toInstant } : {}),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

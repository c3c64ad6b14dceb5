import { tabMemory } from "#web/shell/storage.ts";
import type { EventDraft } from "./event-draft.ts";

const KEY = "tsudoi-draft";

/** What is typed into the form of an event, and the version of the event it was typed over. */
export type Kept = { draft: EventDraft; base: EventDraft; version: number };

type Place = {
  owner: string;
  /** Absent: the event is still to be made. */
  eventId?: string | undefined;
};

/** What is typed stays in the tab until it is saved: over a look elsewhere, a reload, and a tab that is opened again. */
export function keepDraft(place: Place, kept: Kept): void {
  tabMemory.remember(keyOf(place), writeDraft(place.owner, kept));
}

export function keptDraft(place: Place, empty: EventDraft): Kept | undefined {
  return readDraft(tabMemory.recall(keyOf(place)), place.owner, empty);
}

export function dropDraft(place: Place): void {
  tabMemory.forget(keyOf(place));
}

function keyOf({ eventId }: Place) {
  return eventId === undefined ? KEY : (`${KEY}:${eventId}` as const);
}

export function writeDraft(owner: string, kept: Kept): string {
  return JSON.stringify({ owner, ...kept });
}

/** The draft of this person, if it is one as this version writes it. */
export function readDraft(
  written: string | null,
  owner: string,
  empty: EventDraft,
): Kept | undefined {
  const kept = parse(written);
  if (kept?.owner !== owner || typeof kept.version !== "number") return undefined;
  const { draft, base, version } = kept;
  if (!isDraft(draft, empty) || !isDraft(base, empty)) return undefined;
  return { draft: { ...empty, ...draft }, base: { ...empty, ...base }, version };
}

function isDraft(found: unknown, empty: EventDraft): found is EventDraft {
  if (typeof found !== "object" || found === null) return false;
  const shape = (one: object) =>
    Object.entries(one)
      .map(([field, value]) => `${field}:${Array.isArray(value) ? "list" : typeof value}`)
      .sort()
      .join();
  return shape(found) === shape(empty);
}

type Written = { owner?: string; draft?: unknown; base?: unknown; version?: unknown } | null;

function parse(written: string | null): Written {
  try {
    return JSON.parse(written ?? "null");
  } catch {
    return null;
  }
}

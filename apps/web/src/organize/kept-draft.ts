import { tabMemory } from "#web/shell/storage.ts";
import type { EventDraft } from "./event-draft.ts";

const KEY = "tsudoi-draft";

/** What is typed stays in the tab until it is saved: over a look elsewhere, a reload, and a tab that is opened again. */
export function keepDraft(owner: string, draft: EventDraft): void {
  tabMemory.remember(KEY, writeDraft(owner, draft));
}

export function keptDraft(owner: string, empty: EventDraft): EventDraft | undefined {
  return readDraft(tabMemory.recall(KEY), owner, empty);
}

export function dropDraft(): void {
  tabMemory.forget(KEY);
}

export function writeDraft(owner: string, draft: EventDraft): string {
  return JSON.stringify({ owner, draft });
}

/** The draft of this person, if it is one as this version writes it. */
export function readDraft(
  written: string | null,
  owner: string,
  empty: EventDraft,
): EventDraft | undefined {
  const kept = parse(written);
  if (kept?.owner !== owner || !kept.draft) return undefined;
  const types = Object.entries(kept.draft).map(([field, value]) => [field, typeof value]);
  const known = Object.entries(empty).map(([field, value]) => [field, typeof value]);
  const isWhole = JSON.stringify(types.sort()) === JSON.stringify(known.sort());
  return isWhole && Array.isArray(kept.draft.questions) ? { ...empty, ...kept.draft } : undefined;
}

type Kept = { owner?: string; draft?: Partial<EventDraft> | null } | null;

function parse(written: string | null): Kept {
  try {
    return JSON.parse(written ?? "null");
  } catch {
    return null;
  }
}

import type { EventDraft } from "./event-draft.ts";

const KEY = "tsudoi-draft";

/** What is typed stays in the tab until it is saved: over a look elsewhere, a reload, and a tab that is opened again. */
export function keepDraft(owner: string, draft: EventDraft): void {
  try {
    sessionStorage.setItem(KEY, writeDraft(owner, draft));
  } catch {
    return;
  }
}

export function keptDraft(owner: string, empty: EventDraft): EventDraft | undefined {
  try {
    return readDraft(sessionStorage.getItem(KEY), owner, empty);
  } catch {
    return undefined;
  }
}

export function dropDraft(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    return;
  }
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
  const kept: { owner?: string; draft?: Partial<EventDraft> | null } | null = JSON.parse(
    written ?? "null",
  );
  if (kept?.owner !== owner || !kept.draft) return undefined;
  const types = Object.entries(kept.draft).map(([field, value]) => [field, typeof value]);
  const known = Object.entries(empty).map(([field, value]) => [field, typeof value]);
  const isWhole = JSON.stringify(types.sort()) === JSON.stringify(known.sort());
  return isWhole ? { ...empty, ...kept.draft } : undefined;
}

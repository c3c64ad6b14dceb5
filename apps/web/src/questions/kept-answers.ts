import { tabMemory } from "#web/shell/storage.ts";
import type { AnswerDraft } from "./answer-draft.ts";

/** What is being answered stays in the tab until it is sent, for its event and its person. */
export function keepAnswers(place: Place, draft: AnswerDraft): void {
  tabMemory.remember(keyOf(place), writeAnswers(place.owner, draft));
}

export function keptAnswers(place: Place): AnswerDraft | undefined {
  return readAnswers(tabMemory.recall(keyOf(place)), place.owner);
}

export function dropAnswers(place: Place): void {
  tabMemory.forget(keyOf(place));
}

export type Place = { owner: string; eventId: string };

function keyOf({ eventId }: Place) {
  return `tsudoi-answers:${eventId}` as const;
}

export function writeAnswers(owner: string, draft: AnswerDraft): string {
  return JSON.stringify({ owner, draft });
}

/** The answers of this person, if they are some as this version writes them. */
export function readAnswers(written: string | null, owner: string): AnswerDraft | undefined {
  const kept = parse(written);
  if (kept?.owner !== owner || typeof kept.draft !== "object" || kept.draft === null) {
    return undefined;
  }
  return Object.values(kept.draft).every(isTyped) ? kept.draft : undefined;
}

function isTyped(value: unknown): boolean {
  return Array.isArray(value)
    ? value.every((each) => typeof each === "string")
    : typeof value === "string";
}

type Kept = { owner?: string; draft?: AnswerDraft | null } | null;

function parse(written: string | null): Kept {
  try {
    return JSON.parse(written ?? "null");
  } catch {
    return null;
  }
}

import { useState } from "react";
import { readerZone } from "#web/time/zoned.ts";
import { type EventDraft, emptyDraft } from "./event-draft.ts";
import { dropDraft, keepDraft, keptDraft } from "./kept-draft.ts";

/** What is being typed, as it was left if it was left. */
export function useDraft(owner: string) {
  const [empty] = useState(() => emptyDraft(readerZone(), new Date()));
  const [kept, setKept] = useState(() => keptDraft(owner, empty));
  const draft = kept ?? empty;
  return {
    draft,
    isTouched: kept !== undefined,
    change(changed: Partial<EventDraft>): void {
      const next = { ...draft, ...changed };
      setKept(next);
      keepDraft(owner, next);
    },
    clear(): void {
      setKept(undefined);
      dropDraft();
    },
  };
}

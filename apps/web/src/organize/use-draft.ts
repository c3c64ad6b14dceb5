import { useState } from "react";
import { readerZone } from "#web/time/zoned.ts";
import { type EventDraft, emptyDraft } from "./event-draft.ts";
import { dropDraft, keepDraft, keptDraft } from "./kept-draft.ts";

/** What is being typed, as it was left if it was left. What is cleared can be brought back at once. */
export function useDraft(owner: string) {
  const [empty] = useState(() => emptyDraft(readerZone(), new Date()));
  const [kept, setKept] = useState(() => keptDraft(owner, empty));
  const [cleared, setCleared] = useState<EventDraft>();
  const draft = kept ?? empty;
  function keep(next: EventDraft): void {
    setKept(next);
    setCleared(undefined);
    keepDraft(owner, next);
  }
  return {
    draft,
    isTouched: kept !== undefined,
    change: (changed: Partial<EventDraft>) => keep({ ...draft, ...changed }),
    clear(): void {
      setKept(undefined);
      setCleared(kept);
      dropDraft();
    },
    restore: cleared && (() => keep(cleared)),
  };
}

import { useState } from "react";
import { type EventDraft, rebased } from "./event-draft.ts";
import { dropDraft, type Kept, keepDraft, keptDraft } from "./kept-draft.ts";

type Origin = {
  owner: string;
  eventId?: string;
  /** The form as it is before anybody types: empty, or an event as it is. */
  base: EventDraft;
  version: number;
};

/** What is being typed, as it was left if it was left. What is cleared can be brought back at once. */
export function useDraft({ owner, eventId, base, version }: Origin) {
  const place = { owner, eventId };
  const [kept, setKept] = useState(() => keptDraft(place, base));
  const [cleared, setCleared] = useState<Kept>();
  const shown = kept ?? { draft: base, base, version };
  function keep(next: Kept): void {
    setKept(next);
    setCleared(undefined);
    keepDraft(place, next);
  }
  return {
    ...shown,
    isTouched: kept !== undefined,
    change: (changed: Partial<EventDraft>) =>
      keep({ ...shown, draft: { ...shown.draft, ...changed } }),
    clear(): void {
      setKept(undefined);
      setCleared(kept);
      dropDraft(place);
    },
    drop: () => dropDraft(place),
    restore: cleared && (() => keep(cleared)),
    /** Puts what was typed on top of what the event has become. */
    rebase: () =>
      keep({ base, version, draft: rebased(shown.draft, { from: shown.base, onto: base }) }),
  };
}

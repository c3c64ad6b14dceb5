import type { NewEvent, UpdateEventInput } from "@tsudoi/shared/event-input.ts";
import { type EventDraft, momentOf, timesOf } from "./event-draft.ts";
import { numberOf } from "./typed-number.ts";

/** What the API is asked to take. It judges: what is not filled in comes back as a problem at its field. */
export function toInput(draft: EventDraft): NewEvent {
  const { timeZone, category, waitlistMode, admission } = draft;
  const given = (local: string) => (local === "" ? null : momentOf(local, timeZone));
  const wanted = (local: string) => (local === "" ? undefined : momentOf(local, timeZone));
  return {
    title: { ja: draft.titleJa, en: draft.titleEn },
    description: { ja: draft.descriptionJa, en: draft.descriptionEn },
    category,
    ...timesOf(draft),
    timeZone,
    capacity: numberOf(draft.capacity),
    location: draft.location.trim() || null,
    locationFor: draft.locationFor,
    onlineUrl: draft.onlineUrl.trim() || null,
    registrationOpensAt: wanted(draft.registrationOpens),
    registrationClosesAt: wanted(draft.registrationCloses),
    cancelUntil: given(draft.cancelUntil),
    waitlistMode,
    // Of no account otherwise, and kept for who comes back to it.
    ...(waitlistMode === "offer" ? { offerHours: numberOf(draft.offerHours) } : {}),
    approval: admission === "approval",
    allocation: admission === "lottery" ? "lottery" : "first_come",
    drawAt: admission === "lottery" ? given(draft.drawAt) : null,
    audience: draft.audience,
    departmentIds: draft.audience === "departments" ? draft.departmentIds : [],
    questions: draft.questions,
    answersUntil: given(draft.answersUntil),
  };
}

export type Change = Omit<UpdateEventInput, "eventId" | "version" | "apply">;

/** What was changed in the form of an event, and nothing else of it; `atOnce` stands for an opening that is left empty. */
export function changeOf(base: EventDraft, draft: EventDraft, atOnce = ""): Change {
  const [before, after] = [whole(base, atOnce), whole(draft, atOnce)];
  const changed = Object.entries(after).filter(
    ([field, value]) =>
      JSON.stringify(value) !== JSON.stringify(before[field as keyof typeof before]),
  );
  return Object.fromEntries(changed);
}

/** Where the form names no end of registration, it is the start, and goes with it by itself. */
function whole(draft: EventDraft, atOnce: string) {
  const input = toInput(draft);
  return {
    ...input,
    registrationOpensAt: input.registrationOpensAt ?? atOnce,
    registrationClosesAt: input.registrationClosesAt ?? null,
  };
}

const TOLD = ["title", "startsAt", "endsAt", "timeZone", "location", "onlineUrl"] as const;

/** Whether people who have registered hear of a change: they plan by it, or find their way by it. */
export function isTold(change: Change): boolean {
  return TOLD.some((field) => field in change);
}

import type { Event } from "@tsudoi/shared/events.ts";
import type { Localized } from "@tsudoi/shared/text.ts";
import { type EventDraft, momentOf, timesOf } from "./event-draft.ts";
import { numberOf } from "./typed-number.ts";

type Context = { category: Localized; placeholder: Localized; department: Localized | null };

/** The draft as others would see it, as far as it is written. */
export function previewOf(draft: EventDraft, context: Context): Event {
  const instant = new Date().toISOString();
  const times = timesOf(draft);
  const startsAt = times.startsAt || instant;
  const capacity = numberOf(draft.capacity);
  const untitled = draft.titleJa === "" && draft.titleEn === "";
  const at = (local: string) => momentOf(local, draft.timeZone) || null;
  return {
    id: "preview",
    title: untitled ? context.placeholder : { ja: draft.titleJa, en: draft.titleEn },
    description: { ja: draft.descriptionJa, en: draft.descriptionEn },
    category: { slug: draft.category, name: context.category },
    status: "published",
    startsAt,
    endsAt: times.endsAt || startsAt,
    timeZone: draft.timeZone,
    capacity: capacity > 0 ? capacity : 1,
    seatsTaken: 0,
    waitlistLength: 0,
    waitlistMode: draft.waitlistMode,
    offerHours: numberOf(draft.offerHours) || 1,
    approval: draft.admission === "approval",
    allocation: draft.admission === "lottery" ? "lottery" : "first_come",
    audience: draft.audience,
    forDepartments: draft.departmentIds.map((id) => ({ id, name: { ja: "", en: "" } })),
    location: draft.location.trim() || null,
    online: draft.onlineUrl.trim() !== "",
    department: context.department,
    seriesId: null,
    cover: null,
    registrationOpensAt: at(draft.registrationOpens) ?? instant,
    registrationClosesAt: at(draft.registrationCloses) ?? startsAt,
    cancelUntil: at(draft.cancelUntil),
    cancelReason: null,
    drawAt: at(draft.drawAt),
    entrants: null,
    drawnAt: null,
    drawHash: null,
    drawSeed: null,
    questions: draft.questions,
    answersUntil: at(draft.answersUntil),
    organizers: [],
    version: 1,
  };
}

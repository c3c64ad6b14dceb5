import type { Me } from "@tsudoi/shared/accounts.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import type { Localized } from "@tsudoi/shared/text.ts";
import { wayIn } from "@tsudoi/shared/way-in.ts";
import { type EventDraft, momentOf, timesOf } from "./event-draft.ts";
import { numberOf } from "./typed-number.ts";

type Context = {
  category: Localized;
  placeholder: Localized;
  /** The event as it is, where it is there already. */
  saved?: Event | undefined;
  /** Whose event it will be, where it is new. */
  author?: Me | undefined;
};

/** The draft as others would see it, as far as it is written; what is not written in the form is as it is. */
export function previewOf(draft: EventDraft, context: Context): Event {
  const { category, placeholder, saved, author } = context;
  const instant = new Date().toISOString();
  const times = timesOf(draft);
  const startsAt = times.startsAt || instant;
  const capacity = numberOf(draft.capacity);
  const untitled = draft.titleJa === "" && draft.titleEn === "";
  const at = (local: string) => momentOf(local, draft.timeZone) || null;
  return {
    id: "preview",
    title: untitled ? placeholder : { ja: draft.titleJa, en: draft.titleEn },
    description: { ja: draft.descriptionJa, en: draft.descriptionEn },
    category: { slug: draft.category, name: category },
    status: saved && saved.status !== "draft" ? saved.status : "published",
    startsAt,
    endsAt: times.endsAt || startsAt,
    timeZone: draft.timeZone,
    capacity: capacity > 0 ? capacity : 1,
    seatsTaken: saved?.seatsTaken ?? 0,
    waitlistLength: saved?.waitlistLength ?? 0,
    waitlistMode: draft.waitlistMode,
    offerHours: numberOf(draft.offerHours) || 1,
    approval: draft.admission === "approval",
    allocation: draft.admission === "lottery" ? "lottery" : "first_come",
    audience: draft.audience,
    forDepartments: draft.departmentIds.map((id) => ({ id, name: { ja: "", en: "" } })),
    ...placeOf(draft),
    locationFor: draft.locationFor,
    online: draft.onlineUrl.trim() !== "",
    department: (saved ?? author)?.department ?? null,
    seriesId: saved?.seriesId ?? null,
    cover: saved?.cover ?? null,
    registrationOpensAt: at(draft.registrationOpens) ?? instant,
    registrationClosesAt: at(draft.registrationCloses) ?? startsAt,
    cancelUntil: at(draft.cancelUntil),
    cancelReason: null,
    drawAt: at(draft.drawAt),
    entrants: saved?.entrants ?? null,
    drawnAt: saved?.drawnAt ?? null,
    drawHash: null,
    drawSeed: null,
    questions: draft.questions,
    answersUntil: at(draft.answersUntil),
    organizers: saved?.organizers ?? (author ? [{ ...author, role: "owner" }] : []),
    version: 1,
  };
}

/** As people see it who have no seat. */
function placeOf({ location, locationFor }: EventDraft) {
  const ways = { location: location.trim() || null, locationFor, onlineUrl: null };
  const { onlineUrl: _, ...place } = wayIn(ways, false);
  return place;
}

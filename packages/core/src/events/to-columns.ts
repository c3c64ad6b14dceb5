import type { CreateEventInput } from "@tsudoi/shared/event-input.ts";
import type { events } from "#core/db/schema/events.ts";

type Columns = typeof events.$inferInsert;
type Origin = "id" | "organizationId" | "createdBy" | "departmentId";
export type DraftColumns = Omit<Columns, Origin> &
  Required<Pick<Columns, "startsAt" | "registrationOpensAt" | "registrationClosesAt">>;

/** A new event as its row holds it: registration is open from now until the event starts, unless it says otherwise. */
export function toColumns(input: CreateEventInput, now: Date): DraftColumns {
  return {
    titleJa: input.title.ja,
    titleEn: input.title.en,
    descriptionJa: input.description.ja,
    descriptionEn: input.description.en,
    categorySlug: input.category,
    startsAt: new Date(input.startsAt),
    endsAt: new Date(input.endsAt),
    timeZone: input.timeZone,
    capacity: input.capacity,
    location: input.location || null,
    locationFor: input.locationFor,
    onlineUrl: input.onlineUrl ?? null,
    registrationOpensAt: toDate(input.registrationOpensAt) ?? now,
    registrationClosesAt: new Date(input.registrationClosesAt ?? input.startsAt),
    cancelUntil: toDate(input.cancelUntil),
    waitlistMode: input.waitlistMode,
    offerHours: input.offerHours,
    approval: input.approval,
    allocation: input.allocation,
    drawAt: toDate(input.drawAt),
    audience: input.audience,
    questions: input.questions,
    answersUntil: toDate(input.answersUntil),
  };
}

export function toDate(instant: string | null | undefined): Date | null {
  return instant ? new Date(instant) : null;
}

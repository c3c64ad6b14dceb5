import type { EventSummary } from "@tsudoi/shared/events.ts";
import type { RegistrationStatus } from "@tsudoi/shared/registrations.ts";
import { and, eq } from "drizzle-orm";
import { categories } from "#core/db/schema/categories.ts";
import { departments } from "#core/db/schema/departments.ts";
import { events } from "#core/db/schema/events.ts";

/** What a list shows of an event; the joins below belong to it. */
export const summaryColumns = {
  id: events.id,
  titleJa: events.titleJa,
  titleEn: events.titleEn,
  category: events.categorySlug,
  categoryJa: categories.nameJa,
  categoryEn: categories.nameEn,
  status: events.status,
  startsAt: events.startsAt,
  endsAt: events.endsAt,
  timeZone: events.timeZone,
  capacity: events.capacity,
  seatsTaken: events.seatsTaken,
  waitlistLength: events.waitlistLength,
  waitlistMode: events.waitlistMode,
  approval: events.approval,
  allocation: events.allocation,
  drawAt: events.drawAt,
  drawnAt: events.drawnAt,
  audience: events.audience,
  seriesId: events.seriesId,
  location: events.location,
  onlineUrl: events.onlineUrl,
  departmentJa: departments.nameJa,
  departmentEn: departments.nameEn,
  registrationOpensAt: events.registrationOpensAt,
  registrationClosesAt: events.registrationClosesAt,
};

export const ofCategory = and(
  eq(categories.organizationId, events.organizationId),
  eq(categories.slug, events.categorySlug),
);

export const ofDepartment = and(
  eq(departments.organizationId, events.organizationId),
  eq(departments.id, events.departmentId),
);

type Columns = typeof summaryColumns;
/** Joined from the left, so absent where the event has no department. */
type Joined = "departmentJa" | "departmentEn";
type SummaryRow = {
  [Column in keyof Columns]:
    | Columns[Column]["_"]["data"]
    | (Column extends Joined ? null : Columns[Column]["_"]["notNull"] extends true ? never : null);
};

/** The online link stays behind: a summary only says that there is one. */
export function toSummary(row: SummaryRow, myStatus: RegistrationStatus | null): EventSummary {
  return {
    id: row.id,
    title: { ja: row.titleJa, en: row.titleEn },
    category: { slug: row.category, name: { ja: row.categoryJa, en: row.categoryEn } },
    status: row.status,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    timeZone: row.timeZone,
    capacity: row.capacity,
    seatsTaken: row.seatsTaken,
    waitlistLength: row.waitlistLength,
    waitlistMode: row.waitlistMode,
    approval: row.approval,
    allocation: row.allocation,
    drawAt: row.drawAt?.toISOString() ?? null,
    drawnAt: row.drawnAt?.toISOString() ?? null,
    audience: row.audience,
    location: row.location,
    online: row.onlineUrl !== null,
    department:
      row.departmentJa === null || row.departmentEn === null
        ? null
        : { ja: row.departmentJa, en: row.departmentEn },
    seriesId: row.seriesId,
    registrationOpensAt: row.registrationOpensAt.toISOString(),
    registrationClosesAt: row.registrationClosesAt.toISOString(),
    ...(myStatus === null ? {} : { myStatus }),
  };
}

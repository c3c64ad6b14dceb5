import type { EventSummary } from "@tsudoi/shared/events.ts";
import type { RegistrationStatus } from "@tsudoi/shared/registrations.ts";
import { wayIn } from "@tsudoi/shared/way-in.ts";
import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { categories } from "#core/db/schema/categories.ts";
import { departments } from "#core/db/schema/departments.ts";
import { events } from "#core/db/schema/events.ts";
import { files } from "#core/db/schema/files.ts";
import { type CoverRow, coverOf } from "./cover-link.ts";

/** By the file's key, and without its content. */
const cover = sql<CoverRow | null>`(
  select json_build_array(f.organization_id, f.id, f.width, f.height) from ${files} f
  where f.organization_id = ${events.organizationId} and f.id = ${events.coverId})`;

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
  locationFor: events.locationFor,
  onlineUrl: events.onlineUrl,
  cover,
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
/** What the caller is to an event, as far as it is known where they read of it. */
type Reader = { myStatus?: RegistrationStatus | null; mayEdit?: boolean };

type SummaryRow = {
  [Column in keyof Columns]: Columns[Column] extends SQL<infer Value>
    ? Value
    : Columns[Column] extends { _: { data: infer Value; notNull: infer NotNull } }
      ? Value | (Column extends Joined ? null : NotNull extends true ? never : null)
      : never;
};

/** The online link stays behind: a summary only says that there is one. */
export function toSummary(
  ctx: Pick<Context, "tokens" | "now">,
  row: SummaryRow,
  { myStatus = null, mayEdit = false }: Reader,
): EventSummary {
  const { location, hidesLocation } = wayIn(row, mayEdit || myStatus === "confirmed");
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
    location,
    hidesLocation,
    online: row.onlineUrl !== null,
    department:
      row.departmentJa === null || row.departmentEn === null
        ? null
        : { ja: row.departmentJa, en: row.departmentEn },
    seriesId: row.seriesId,
    cover: coverOf(ctx, row.cover),
    registrationOpensAt: row.registrationOpensAt.toISOString(),
    registrationClosesAt: row.registrationClosesAt.toISOString(),
    ...(myStatus === null ? {} : { myStatus }),
  };
}

import { ALLOCATIONS, AUDIENCES, EVENT_STATUSES, WAITLIST_MODES } from "@tsudoi/shared/events.ts";
import type { Question } from "@tsudoi/shared/questions.ts";
import { LOCATION_READERS } from "@tsudoi/shared/way-in.ts";
import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { categories } from "./categories.ts";
import { createdAt, instant, newId } from "./columns.ts";
import { departments } from "./departments.ts";
import { eventSeries } from "./event-series.ts";
import { files } from "./files.ts";
import { organizations } from "./organizations.ts";
import { users } from "./users.ts";

export const events = pgTable(
  "events",
  {
    organizationId: uuid()
      .notNull()
      .references(() => organizations.id),
    id: newId(),
    titleJa: text().notNull(),
    titleEn: text().notNull(),
    descriptionJa: text().notNull().default(""),
    descriptionEn: text().notNull().default(""),
    categorySlug: text().notNull(),
    departmentId: uuid(),
    createdBy: uuid().notNull(),
    status: text({ enum: EVENT_STATUSES }).notNull().default("draft"),
    startsAt: instant().notNull(),
    endsAt: instant().notNull(),
    timeZone: text().notNull(),
    registrationOpensAt: instant().notNull(),
    registrationClosesAt: instant().notNull(),
    cancelUntil: instant(),
    location: text(),
    locationFor: text({ enum: LOCATION_READERS }).notNull().default("everyone"),
    onlineUrl: text(),
    capacity: integer().notNull(),
    /** Confirmed and offered seats; changes only under the row's lock, together with the rows it counts. */
    seatsTaken: integer().notNull().default(0),
    waitlistLength: integer().notNull().default(0),
    waitlistMode: text({ enum: WAITLIST_MODES }).notNull(),
    approval: boolean().notNull(),
    /** How long an offered seat is held. */
    offerHours: integer().notNull().default(12),
    /** When the first of the open offers ends: a booking looks for ended ones only then. */
    offersEndAt: instant(),
    pendingCount: integer().notNull().default(0),
    allocation: text({ enum: ALLOCATIONS }).notNull().default("first_come"),
    drawAt: instant(),
    /** Random bytes as hex: only their hash is told before the draw. */
    drawSeed: text(),
    drawnAt: instant(),
    audience: text({ enum: AUDIENCES }).notNull().default("everyone"),
    /** Counts the invite links there were; only the last one works. */
    inviteGeneration: integer().notNull().default(1),
    questions: jsonb().$type<Question[]>().notNull().default([]),
    /** Until when people may change their answers; absent: until registration closes. */
    answersUntil: instant(),
    seriesId: uuid(),
    coverId: uuid(),
    /** The SEQUENCE of the event's calendar entries: rises with every change that a calendar shows. */
    calendarSequence: integer().notNull().default(0),
    cancelledAt: instant(),
    /** What the organiser tells everyone who was coming. */
    cancelReason: text(),
    /** Counts every change made under the lock: the order in which people were served. */
    seq: bigint({ mode: "number" }).notNull().default(0),
    /** The last receipt number given out. */
    lastNumber: integer().notNull().default(0),
    version: integer().notNull().default(1),
    publishedAt: instant(),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    index("events_start").on(table.organizationId, table.startsAt, table.id),
    // The columns after the id are for filters: what is over is passed by without a look at its row.
    index("events_status_start_end").on(
      table.organizationId,
      table.status,
      table.startsAt,
      table.id,
      table.endsAt,
    ),
    index("events_category_start_end").on(
      table.organizationId,
      table.categorySlug,
      table.startsAt,
      table.id,
      table.status,
      table.endsAt,
    ),
    index("events_live_end")
      .on(table.endsAt, table.id)
      .where(sql`status in ('published', 'closed')`),
    check("events_seats", sql`${table.seatsTaken} between 0 and ${table.capacity}`),
    check("events_waitlist", sql`${table.waitlistLength} >= 0 and ${table.pendingCount} >= 0`),
    check("events_allocation", sql`${table.allocation} in ('first_come', 'lottery')`),
    check("events_audience", sql`${table.audience} in ('everyone', 'departments', 'invited')`),
    check("events_location_for", sql`${table.locationFor} in ('everyone', 'confirmed')`),
    check("events_offer_hours", sql`${table.offerHours} between 1 and 168`),
    index("events_series").on(table.organizationId, table.seriesId, table.startsAt),
    // Which pictures are still shown somewhere is asked whenever one is replaced.
    index("events_cover_file")
      .on(table.organizationId, table.coverId)
      .where(sql`cover_id is not null`),
    check("events_capacity", sql`${table.capacity} between 1 and 1000000`),
    // Lists start their index range at now minus this length.
    check(
      "events_length",
      sql`${table.endsAt} > ${table.startsAt} and ${table.endsAt} <= ${table.startsAt} + interval '31 days'`,
    ),
    check(
      "events_status",
      sql`${table.status} in ('draft', 'published', 'closed', 'cancelled', 'archived')`,
    ),
    ...references(table),
  ],
);

type Referring = Record<
  "organizationId" | "categorySlug" | "departmentId" | "seriesId" | "coverId" | "createdBy",
  AnyPgColumn
>;

function references(table: Referring) {
  return [
    foreignKey({
      name: "events_category",
      columns: [table.organizationId, table.categorySlug],
      foreignColumns: [categories.organizationId, categories.slug],
    }),
    foreignKey({
      name: "events_department",
      columns: [table.organizationId, table.departmentId],
      foreignColumns: [departments.organizationId, departments.id],
    }),
    foreignKey({
      name: "events_series_fk",
      columns: [table.organizationId, table.seriesId],
      foreignColumns: [eventSeries.organizationId, eventSeries.id],
    }),
    foreignKey({
      name: "events_cover",
      columns: [table.organizationId, table.coverId],
      foreignColumns: [files.organizationId, files.id],
    }),
    foreignKey({
      name: "events_created_by",
      columns: [table.organizationId, table.createdBy],
      foreignColumns: [users.organizationId, users.id],
    }),
  ];
}

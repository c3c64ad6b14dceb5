import { EVENT_STATUSES, WAITLIST_MODES } from "@tsudoi/shared/events.ts";
import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { categories } from "./categories.ts";
import { createdAt, instant, newId } from "./columns.ts";
import { departments } from "./departments.ts";
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
    onlineUrl: text(),
    capacity: integer().notNull(),
    /** Confirmed and offered seats; changes only under the row's lock, together with the rows it counts. */
    seatsTaken: integer().notNull().default(0),
    waitlistLength: integer().notNull().default(0),
    waitlistMode: text({ enum: WAITLIST_MODES }).notNull(),
    approval: boolean().notNull(),
    /** Counts every change made under the lock: the order in which people were served. */
    seq: bigint({ mode: "number" }).notNull().default(0),
    /** The last receipt number given out. */
    lastNumber: integer().notNull().default(0),
    version: integer().notNull().default(1),
    publishedAt: instant(),
    createdAt: createdAt(),
    updatedAt: createdAt(),
    searchText: text().generatedAlwaysAs(
      sql`lower(normalize(title_ja || ' ' || title_en || ' ' || coalesce(location, ''), NFKC))`,
    ),
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
    index("events_end").on(table.endsAt, table.id).where(sql`status = 'published'`),
    check("events_seats", sql`${table.seatsTaken} between 0 and ${table.capacity}`),
    check("events_waitlist", sql`${table.waitlistLength} >= 0`),
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
      name: "events_created_by",
      columns: [table.organizationId, table.createdBy],
      foreignColumns: [users.organizationId, users.id],
    }),
  ],
);

import { foreignKey, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, newId } from "./columns.ts";
import { organizations } from "./organizations.ts";
import { users } from "./users.ts";

/** What the events of one series were made from; each of them is an event of its own. */
export const eventSeries = pgTable(
  "event_series",
  {
    organizationId: uuid()
      .notNull()
      .references(() => organizations.id),
    id: newId(),
    /** As RFC 5545 writes it, without DTSTART. */
    rrule: text().notNull(),
    timeZone: text().notNull(),
    createdBy: uuid().notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    foreignKey({
      name: "event_series_created_by",
      columns: [table.organizationId, table.createdBy],
      foreignColumns: [users.organizationId, users.id],
    }),
  ],
);

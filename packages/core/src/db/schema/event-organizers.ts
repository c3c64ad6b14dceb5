import { EVENT_ROLES } from "@tsudoi/shared/permissions.ts";
import { sql } from "drizzle-orm";
import { check, foreignKey, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt } from "./columns.ts";
import { events } from "./events.ts";
import { users } from "./users.ts";

export const eventOrganizers = pgTable(
  "event_organizers",
  {
    organizationId: uuid().notNull(),
    eventId: uuid().notNull(),
    userId: uuid().notNull(),
    role: text({ enum: EVENT_ROLES }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.eventId, table.userId] }),
    index("event_organizers_user").on(table.organizationId, table.userId, table.eventId),
    check("event_organizers_role", sql`${table.role} in ('owner', 'editor', 'checkin', 'viewer')`),
    foreignKey({
      name: "event_organizers_event",
      columns: [table.organizationId, table.eventId],
      foreignColumns: [events.organizationId, events.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "event_organizers_user_fk",
      columns: [table.organizationId, table.userId],
      foreignColumns: [users.organizationId, users.id],
    }),
  ],
);

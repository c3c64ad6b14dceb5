import { foreignKey, index, pgTable, primaryKey, uuid } from "drizzle-orm/pg-core";
import { departments } from "./departments.ts";
import { events } from "./events.ts";

/** Whose people an event is for, with all departments below them. */
export const eventDepartments = pgTable(
  "event_departments",
  {
    organizationId: uuid().notNull(),
    eventId: uuid().notNull(),
    departmentId: uuid().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.eventId, table.departmentId] }),
    index("event_departments_department").on(
      table.organizationId,
      table.departmentId,
      table.eventId,
    ),
    foreignKey({
      name: "event_departments_event",
      columns: [table.organizationId, table.eventId],
      foreignColumns: [events.organizationId, events.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "event_departments_department_fk",
      columns: [table.organizationId, table.departmentId],
      foreignColumns: [departments.organizationId, departments.id],
    }),
  ],
);

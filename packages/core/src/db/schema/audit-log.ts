import { index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, newId } from "./columns.ts";

/** Who did what to what; rows are only ever added. */
export const auditLog = pgTable(
  "audit_log",
  {
    organizationId: uuid().notNull(),
    id: newId(),
    at: createdAt(),
    actorKind: text({ enum: ["user", "system"] }).notNull(),
    actorId: uuid(),
    /** The verb's name, such as registrations.register. */
    action: text().notNull(),
    entity: text().notNull(),
    entityId: uuid(),
    requestId: text(),
    details: jsonb().$type<Record<string, string | number | boolean | null>>(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    index("audit_log_entity").on(table.organizationId, table.entity, table.entityId, table.id),
  ],
);

import { foreignKey, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, newId } from "./columns.ts";
import { organizations } from "./organizations.ts";

export const departments = pgTable(
  "departments",
  {
    organizationId: uuid()
      .notNull()
      .references(() => organizations.id),
    id: newId(),
    parentId: uuid(),
    code: text().notNull(),
    nameJa: text().notNull(),
    nameEn: text().notNull(),
    headcount: integer(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    unique("departments_code").on(table.organizationId, table.code),
    foreignKey({
      name: "departments_parent",
      columns: [table.organizationId, table.parentId],
      foreignColumns: [table.organizationId, table.id],
    }),
  ],
);

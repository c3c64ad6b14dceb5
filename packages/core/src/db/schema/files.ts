import { sql } from "drizzle-orm";
import {
  check,
  customType,
  foreignKey,
  integer,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, newId } from "./columns.ts";
import { organizations } from "./organizations.ts";
import { users } from "./users.ts";

const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** Pictures as they are served: small, re-encoded, and in the same backup as what shows them. */
export const files = pgTable(
  "files",
  {
    organizationId: uuid()
      .notNull()
      .references(() => organizations.id),
    id: newId(),
    kind: text({ enum: ["cover"] }).notNull(),
    mediaType: text().notNull(),
    content: bytes().notNull(),
    width: integer().notNull(),
    height: integer().notNull(),
    createdBy: uuid().notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    check("files_size", sql`octet_length(${table.content}) <= 1048576`),
    foreignKey({
      name: "files_created_by",
      columns: [table.organizationId, table.createdBy],
      foreignColumns: [users.organizationId, users.id],
    }),
  ],
);

import { foreignKey, integer, pgTable, primaryKey, uuid } from "drizzle-orm/pg-core";
import { createdAt } from "./columns.ts";
import { users } from "./users.ts";

/** A person's calendar address; the secret in it is made from the generation, so a new one ends the old. */
export const calendarFeeds = pgTable(
  "calendar_feeds",
  {
    organizationId: uuid().notNull(),
    userId: uuid().notNull(),
    generation: integer().notNull().default(1),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.userId] }),
    foreignKey({
      name: "calendar_feeds_user",
      columns: [table.organizationId, table.userId],
      foreignColumns: [users.organizationId, users.id],
    }).onDelete("cascade"),
  ],
);

import { foreignKey, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, instant, newId } from "./columns.ts";
import { users } from "./users.ts";

/** One sign-in on one device: the family of its refresh tokens. */
export const sessions = pgTable(
  "sessions",
  {
    organizationId: uuid().notNull(),
    id: newId(),
    userId: uuid().notNull(),
    /** Part of every refresh token's MAC: neither the keys nor the database alone can make one. */
    salt: text().notNull(),
    /** The number of the one refresh token that is good now. */
    generation: integer().notNull().default(1),
    rotatedAt: createdAt(),
    expiresAt: instant().notNull(),
    revokedAt: instant(),
    revokedReason: text({ enum: ["signed_out", "reused", "disabled", "set_up"] }),
    userAgent: text(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    index("sessions_user").on(table.organizationId, table.userId),
    index("sessions_expires").on(table.expiresAt),
    foreignKey({
      name: "sessions_user_fk",
      columns: [table.organizationId, table.userId],
      foreignColumns: [users.organizationId, users.id],
    }).onDelete("cascade"),
  ],
);

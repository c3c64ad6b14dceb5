import { index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns.ts";

/** Links that work once; only the SHA-256 of the token is kept. */
export const oneTimeTokens = pgTable(
  "one_time_tokens",
  {
    tokenHash: text().primaryKey(),
    purpose: text({ enum: ["set-up", "export"] }).notNull(),
    organizationId: uuid(),
    userId: uuid(),
    email: text(),
    /** What the link opens. */
    details: jsonb().$type<Record<string, unknown>>(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
    createdAt: createdAt(),
  },
  (table) => [index("one_time_tokens_expires").on(table.expiresAt)],
);

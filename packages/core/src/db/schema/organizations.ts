import { pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, newId } from "./columns.ts";

export const organizations = pgTable("organizations", {
  id: newId().primaryKey(),
  nameJa: text().notNull(),
  nameEn: text().notNull(),
  locale: text({ enum: ["ja", "en"] }).notNull(),
  timeZone: text().notNull(),
  createdAt: createdAt(),
});

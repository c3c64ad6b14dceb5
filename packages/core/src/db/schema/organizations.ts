import { LOCALES } from "@tsudoi/shared/text.ts";
import { pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, newId } from "./columns.ts";

export const organizations = pgTable("organizations", {
  id: newId().primaryKey(),
  nameJa: text().notNull(),
  nameEn: text().notNull(),
  locale: text({ enum: LOCALES }).notNull(),
  timeZone: text().notNull(),
  createdAt: createdAt(),
});

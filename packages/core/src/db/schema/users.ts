import { ROLES } from "@tsudoi/shared/accounts.ts";
import { LOCALES } from "@tsudoi/shared/text.ts";
import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, instant, newId } from "./columns.ts";
import { departments } from "./departments.ts";
import { organizations } from "./organizations.ts";

export const users = pgTable(
  "users",
  {
    organizationId: uuid()
      .notNull()
      .references(() => organizations.id),
    id: newId(),
    departmentId: uuid(),
    email: text().notNull(),
    emailVerifiedAt: instant(),
    /** Argon2id in PHC form; absent for people who sign in elsewhere. */
    passwordHash: text(),
    familyName: text().notNull(),
    givenName: text().notNull(),
    familyKana: text(),
    givenKana: text(),
    locale: text({ enum: LOCALES }).notNull(),
    timeZone: text().notNull(),
    role: text({ enum: ROLES }).notNull().default("member"),
    disabledAt: instant(),
    createdAt: createdAt(),
    /** Names with and without their gap, and the address, as an organiser's search looks for them. */
    searchText: text().generatedAlwaysAs(
      sql`lower(normalize(family_name || given_name || ' ' || coalesce(family_kana || given_kana || ' ', '') || given_name || ' ' || family_name || ' ' || coalesce(given_kana || ' ', '') || email, NFKC))`,
    ),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    // An address signs in without naming its organisation, so it is unique in the whole system.
    unique("users_email").on(table.email),
    // Few: whom a waitlist passes by is found from here.
    index("users_disabled").on(table.organizationId, table.id).where(sql`disabled_at is not null`),
    check("users_email_lower", sql`${table.email} = lower(${table.email})`),
    check("users_role", sql`${table.role} in ('member', 'organizer', 'admin')`),
    check("users_locale", sql`${table.locale} in ('ja', 'en')`),
    foreignKey({
      name: "users_department",
      columns: [table.organizationId, table.departmentId],
      foreignColumns: [departments.organizationId, departments.id],
    }),
  ],
);

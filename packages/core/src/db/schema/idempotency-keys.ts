import type { DomainErrorDetails } from "@tsudoi/shared/errors.ts";
import { index, json, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns.ts";

/** The answers given under a client's key, written in the transaction that made them true. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    organizationId: uuid().notNull(),
    userId: uuid().notNull(),
    key: text().notNull(),
    procedure: text().notNull(),
    requestHash: text().notNull(),
    /** As text, which is what `json` keeps: a repeat gets the answer letter by letter. */
    answer: json().$type<StoredAnswer>(),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.userId, table.key] }),
    index("idempotency_keys_expires").on(table.expiresAt),
  ],
);

export type StoredAnswer =
  | { result: unknown }
  | { refusal: { reason: string } & Pick<DomainErrorDetails, "fields" | "issues"> };

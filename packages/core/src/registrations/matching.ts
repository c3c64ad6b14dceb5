import type { RegistrationFilter } from "@tsudoi/shared/registration-exports.ts";
import { searchable } from "@tsudoi/shared/text.ts";
import { and, eq, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { registrations } from "#core/db/schema/registrations.ts";

/** For statements that have a registration's person at hand, with what they are searched by. */
export function matching(
  { text, status, departmentId }: RegistrationFilter,
  person: { searchText: SQLWrapper },
): SQL | undefined {
  return and(
    status && eq(registrations.status, status),
    departmentId === undefined ? undefined : eq(registrations.departmentId, departmentId),
    ...patternsOf(text).map(
      (pattern) => sql`(${person.searchText} like ${pattern} or ${receiptNumber} like ${pattern})`,
    ),
  );
}

/** As people read it. */
const receiptNumber = sql`lpad(${registrations.number}::text, 4, '0')`;

/** Every word counts, in any order; what LIKE reads as a pattern is a letter here. */
function patternsOf(text: string | undefined): string[] {
  const words = searchable(text ?? "").split(" ");
  return words.filter((word) => word !== "").map((word) => `%${word.replace(/[\\%_]/g, "\\$&")}%`);
}

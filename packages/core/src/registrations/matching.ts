import type { RegistrationFilter } from "@tsudoi/shared/registration-exports.ts";
import { searchable } from "@tsudoi/shared/text.ts";
import { and, eq, type SQL, sql } from "drizzle-orm";
import { registrations } from "#core/db/schema/registrations.ts";
import { users } from "#core/db/schema/users.ts";

/** For statements that join a registration with its person. */
export function matching({ text, status, departmentId }: RegistrationFilter): SQL | undefined {
  return and(
    status && eq(registrations.status, status),
    departmentId === undefined ? undefined : eq(registrations.departmentId, departmentId),
    ...wordsOf(text).map((word) => sql`${personText} like ${`%${word}%`}`),
  );
}

/** The name with and without its gap: people search for 山田太郎 and for Yamada Taro. */
const personText = sql`lower(normalize(concat_ws(' ',
  ${users.familyName} || ${users.givenName}, ${users.familyKana} || ${users.givenKana},
  ${users.givenName}, ${users.familyName}, ${users.givenKana}, ${users.email},
  lpad(${registrations.number}::text, 4, '0')), NFKC))`;

/** Every word counts, in any order; what LIKE reads as a pattern is a letter here. */
function wordsOf(text: string | undefined): string[] {
  const words = searchable(text ?? "").split(" ");
  return words.filter((word) => word !== "").map((word) => word.replace(/[\\%_]/g, "\\$&"));
}

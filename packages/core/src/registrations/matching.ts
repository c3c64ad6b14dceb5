import type { RegistrationFilter } from "@tsudoi/shared/registration-exports.ts";
import { and, eq, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { patternsOf } from "#core/db/patterns-of.ts";
import { liveStatuses, registrations } from "#core/db/schema/registrations.ts";
import { departmentsBelow } from "#core/departments/tree.ts";

/** What else is no receipt number, which would be written out for every row to compare. */
const FIGURES = /^\d+$/;

/** For statements that have a registration's person at hand, with what they are searched by. */
export function matching(
  { organizationId, text, status, departmentId }: RegistrationFilter & { organizationId: string },
  person: { searchText: SQLWrapper },
): SQL | undefined {
  return and(
    standing(status),
    departmentId === undefined ? undefined : within(organizationId, departmentId),
    ...patternsOf(text).map((pattern) => {
      const isTheirs = sql`${person.searchText} ~ ${pattern}`;
      return FIGURES.test(pattern) ? sql`(${isTheirs} or ${receiptNumber} ~ ${pattern})` : isTheirs;
    }),
  );
}

/** As an audience of departments is: those below count too. */
function within(organizationId: string, departmentId: string): SQL {
  const those = departmentsBelow(organizationId, sql`select ${departmentId}::uuid`);
  return sql`${registrations.departmentId} = any(${those})`;
}

function standing(status: RegistrationFilter["status"]): SQL | undefined {
  if (status === "live") return sql`${registrations.status} in ${liveStatuses}`;
  if (status === "ended") return sql`${registrations.status} not in ${liveStatuses}`;
  return status && eq(registrations.status, status);
}

/** As people read it; alone, lpad would cut a longer one. */
const receiptNumber = sql`lpad(${registrations.number}::text, greatest(4, length(${registrations.number}::text)), '0')`;

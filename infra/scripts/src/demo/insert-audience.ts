import type { TransactionSql } from "postgres";
import type { DemoEvent } from "./demo-event.ts";
import type { DepartmentCode } from "./organization.ts";
import { listPeople } from "./people.ts";

const DEPARTMENT_OF = new Map<string, DepartmentCode>(
  listPeople().map(({ mailbox, department }) => [mailbox, department]),
);

/** Whether somebody is among those an event is for, as far as that goes by department. */
export function mayCome({ audience }: DemoEvent, mailbox: string): boolean {
  if (audience === undefined || !("departments" in audience)) return true;
  return audience.departments.some((code) => code === DEPARTMENT_OF.get(mailbox));
}

type Whom = {
  organizationId: string;
  eventId: string;
  departments: Map<string, string>;
  /** Who was invited and came, and who could be. */
  holders: string[];
  strangers: string[];
};

/** Whom an event is for, where that is not everyone. */
export async function insertAudience(
  sql: TransactionSql,
  { audience }: DemoEvent,
  { organizationId, eventId, departments, holders, strangers }: Whom,
): Promise<void> {
  if (audience === undefined) return;
  if ("departments" in audience) {
    const ids = audience.departments.map((code) => departments.get(code) ?? "");
    await sql`
      insert into event_departments (organization_id, event_id, department_id)
      select ${organizationId}, ${eventId}, id from unnest(${ids}::uuid[]) as id`;
    return;
  }
  const invited = [...holders, ...strangers.slice(0, audience.unanswered)];
  await sql`
    insert into event_invitations (organization_id, event_id, email, via)
    select organization_id, ${eventId}, email, 'list' from users
    where organization_id = ${organizationId} and id = any(${invited}::uuid[])`;
}

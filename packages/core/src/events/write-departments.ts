import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";

type Invited = { organizationId: string; eventIds: string[]; departmentIds: string[] };

/** These events are for these departments from now on, and for no others. */
export async function writeDepartments(
  tx: Context,
  { organizationId, eventIds, departmentIds }: Invited,
): Promise<void> {
  const [events, departments] = [sql.param(eventIds), sql.param(departmentIds)];
  await tx.db.execute(sql`
    delete from event_departments
    where organization_id = ${organizationId} and event_id = any(${events}::uuid[])
      and department_id <> all(${departments}::uuid[])`);
  await tx.db.execute(sql`
    insert into event_departments (organization_id, event_id, department_id)
    select ${organizationId}, event_id, department_id
    from unnest(${events}::uuid[]) as event_id, unnest(${departments}::uuid[]) as department_id
    on conflict do nothing`);
}

import { type SQL, sql } from "drizzle-orm";

/** With themselves, as the other one. A step finds no department twice, so that even a tree that was bent into a ring ends. */
export function departmentsAbove(organizationId: string, from: SQL): SQL {
  return sql`array(
    with recursive above (id) as (
      ${from}
      union
      select d.parent_id from departments d join above on d.id = above.id
      where d.organization_id = ${organizationId}
    )
    select id from above where id is not null)`;
}

export function departmentsBelow(organizationId: string, from: SQL): SQL {
  return sql`array(
    with recursive below (id) as (
      ${from}
      union
      select d.id from departments d join below on d.parent_id = below.id
      where d.organization_id = ${organizationId}
    )
    select id from below)`;
}

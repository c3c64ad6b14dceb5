import { type SQL, sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import type { JobPayload } from "#core/jobs/catalog.ts";
import { enqueue } from "#core/jobs/enqueue.ts";

/** Events of one transaction: under a second of work. */
const SLICE = 1_000;

type Renamed = JobPayload<"events.follow-name">;
type Slice = { last: string | null; length: number; ids: string[] };

/** Events are found by the new name of their department or organiser: a slice of them, and the job for the next. */
export async function followName(tx: Context, renamed: Renamed): Promise<void> {
  const { organizationId } = renamed;
  const slice = await nextSlice(tx, renamed);
  if (slice.ids.length > 0) {
    const ids = sql.param(slice.ids);
    await tx.db.execute(sql`select refresh_event_texts(${organizationId}, ${ids}::uuid[])`);
  }
  if (slice.last === null || slice.length < SLICE) return;
  const payload = { ...renamed, after: slice.last };
  await enqueue(tx, "events.follow-name", [{ organizationId, payload }]);
}

async function nextSlice(tx: Context, renamed: Renamed): Promise<Slice> {
  const [slice] = await tx.db.execute<Slice>(sql`
    select count(*)::int as length, (array_agg(id order by id desc))[1] as last,
      coalesce(array_agg(id) filter (where is_own), '{}') as ids
    from (${candidates(renamed)}) candidate`);
  return slice ?? { last: null, length: 0, ids: [] };
}

/** No index leads from a department to its events: all are passed by, in their own order. */
function candidates({ organizationId, departmentId, userId, after }: Renamed): SQL {
  const from = after ?? "00000000-0000-0000-0000-000000000000";
  if (userId !== undefined) {
    return sql`
      select event_id as id, true as is_own from event_organizers
      where organization_id = ${organizationId} and user_id = ${userId} and event_id > ${from}
      order by event_id limit ${SLICE}`;
  }
  return sql`
    select id, department_id = ${departmentId ?? null}::uuid as is_own from events
    where organization_id = ${organizationId} and id > ${from}
    order by id limit ${SLICE}`;
}

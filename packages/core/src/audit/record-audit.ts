import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { currentCall } from "#core/platform/call.ts";

export type AuditEntry = {
  organizationId: string;
  /** Absent when the system itself acted. */
  actorId?: string;
  /** The verb's name. */
  action: string;
  entity: string;
  entityId: string;
  /** The call it happened in, where it is not the one that runs now. */
  requestId?: string | undefined;
  details?: Record<string, string | number | boolean | null>;
};

/** Written with the change it tells of, one statement however many. */
export async function recordAudit(tx: Context, entries: AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const column = (pick: (entry: AuditEntry) => string | null) => sql.param(entries.map(pick));
  const requestId = currentCall()?.requestId ?? null;
  await tx.db.execute(sql`
    insert into audit_log
      (organization_id, actor_kind, actor_id, action, entity, entity_id, request_id, details)
    select entry.organization_id, case when entry.actor_id is null then 'system' else 'user' end,
      entry.actor_id, entry.action, entry.entity, entry.entity_id, entry.request_id, entry.details::jsonb
    from unnest(
      ${column((entry) => entry.organizationId)}::uuid[],
      ${column((entry) => entry.actorId ?? null)}::uuid[],
      ${column((entry) => entry.action)}::text[],
      ${column((entry) => entry.entity)}::text[],
      ${column((entry) => entry.entityId)}::uuid[],
      ${column((entry) => entry.requestId ?? requestId)}::text[],
      ${column((entry) => (entry.details === undefined ? null : JSON.stringify(entry.details)))}::text[]
    ) as entry (organization_id, actor_id, action, entity, entity_id, request_id, details)`);
}

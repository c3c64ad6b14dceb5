import { randomUUIDv7 } from "node:crypto";
import type { NotificationKind } from "@tsudoi/shared/notifications.ts";
import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { enqueue } from "#core/jobs/enqueue.ts";

export type NewMessage = {
  organizationId: string;
  userId: string;
  kind: NotificationKind;
  eventId: string;
  /** Where it is about one. */
  registrationId?: string | undefined;
  /** Names the fact that is told: the same fact is told once. */
  dedupeKey: string;
  details?: Record<string, string | number | boolean | null | undefined> | undefined;
  requestId?: string | undefined;
};

/** Messages enter the ledger as queued, with the jobs that will send them, in the caller's transaction. */
export async function queueMessages(tx: Context, messages: NewMessage[]): Promise<void> {
  if (messages.length === 0) return;
  const rows = messages.map((message) => ({ ...message, id: randomUUIDv7() }));
  const column = (pick: (row: (typeof rows)[number]) => string | null) => sql.param(rows.map(pick));
  const written = tx.db.execute(sql`
    insert into notifications
      (organization_id, id, user_id, kind, channel, dedupe_key, event_id, registration_id, details)
    select message.organization_id, message.id, message.user_id, message.kind, 'mail',
      message.dedupe_key, message.event_id, message.registration_id, message.details::jsonb
    from unnest(
      ${column((row) => row.organizationId)}::uuid[],
      ${column((row) => row.id)}::uuid[],
      ${column((row) => row.userId)}::uuid[],
      ${column((row) => row.kind)}::text[],
      ${column((row) => row.dedupeKey)}::text[],
      ${column((row) => row.eventId)}::uuid[],
      ${column((row) => row.registrationId ?? null)}::uuid[],
      ${column((row) => (row.details === undefined ? null : JSON.stringify(row.details)))}::text[]
    ) as message
      (organization_id, id, user_id, kind, dedupe_key, event_id, registration_id, details)`);
  const isConfirmation = (row: NewMessage) => row.kind === "registrations.confirmation";
  await Promise.all([
    written,
    enqueue(tx, "registrations.send-confirmation", rows.filter(isConfirmation).map(toJob)),
    enqueue(tx, "notifications.send", rows.filter((row) => !isConfirmation(row)).map(toJob)),
  ]);
}

/** A person reads what happened to one registration, or of one event, in the order it happened. */
function toJob(row: NewMessage & { id: string }) {
  return {
    organizationId: row.organizationId,
    payload: { notificationId: row.id },
    key: row.registrationId ?? `${row.eventId}:${row.userId}`,
    requestId: row.requestId,
  };
}

import { randomUUIDv7 } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { enqueue } from "#core/jobs/enqueue.ts";

export type NewMessage = {
  organizationId: string;
  userId: string;
  eventId: string;
  registrationId: string;
  /** Names the fact that is told: the same fact is told once. */
  dedupeKey: string;
  requestId?: string | undefined;
};

/** Confirmations enter the ledger as queued, with the jobs that will send them, in the caller's transaction. */
export async function queueConfirmations(tx: Context, messages: NewMessage[]): Promise<void> {
  if (messages.length === 0) return;
  const rows = messages.map((message) => ({ ...message, id: randomUUIDv7() }));
  const column = (pick: (row: (typeof rows)[number]) => string) => sql.param(rows.map(pick));
  const written = tx.db.execute(sql`
    insert into notifications
      (organization_id, id, user_id, kind, channel, dedupe_key, event_id, registration_id)
    select message.organization_id, message.id, message.user_id, 'registrations.confirmation', 'mail',
      message.dedupe_key, message.event_id, message.registration_id
    from unnest(
      ${column((row) => row.organizationId)}::uuid[],
      ${column((row) => row.id)}::uuid[],
      ${column((row) => row.userId)}::uuid[],
      ${column((row) => row.dedupeKey)}::text[],
      ${column((row) => row.eventId)}::uuid[],
      ${column((row) => row.registrationId)}::uuid[]
    ) as message (organization_id, id, user_id, dedupe_key, event_id, registration_id)`);
  const jobs = rows.map((row) => ({
    organizationId: row.organizationId,
    payload: { notificationId: row.id },
    key: row.registrationId,
    requestId: row.requestId,
  }));
  await Promise.all([written, enqueue(tx, "registrations.send-confirmation", jobs)]);
}

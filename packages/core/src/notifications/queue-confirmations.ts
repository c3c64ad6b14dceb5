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
  requestId?: string;
};

/** Confirmations enter the ledger as queued, with the jobs that will send them, in the caller's transaction. */
export async function queueConfirmations(tx: Context, messages: NewMessage[]): Promise<void> {
  if (messages.length === 0) return;
  const column = (pick: (message: NewMessage) => string) => sql.param(messages.map(pick));
  const rows = await tx.db.execute<{ id: string; registration_id: string }>(sql`
    insert into notifications
      (organization_id, user_id, kind, channel, dedupe_key, event_id, registration_id)
    select message.organization_id, message.user_id, 'registrations.confirmation', 'mail',
      message.dedupe_key, message.event_id, message.registration_id
    from unnest(
      ${column((message) => message.organizationId)}::uuid[],
      ${column((message) => message.userId)}::uuid[],
      ${column((message) => message.dedupeKey)}::text[],
      ${column((message) => message.eventId)}::uuid[],
      ${column((message) => message.registrationId)}::uuid[]
    ) as message (organization_id, user_id, dedupe_key, event_id, registration_id)
    on conflict (organization_id, dedupe_key) do nothing
    returning id, registration_id`);
  const idOf = new Map(rows.map((row) => [row.registration_id, row.id]));
  const jobs = messages.flatMap((message) => {
    const notificationId = idOf.get(message.registrationId);
    if (notificationId === undefined) return [];
    return {
      organizationId: message.organizationId,
      payload: { notificationId },
      key: message.registrationId,
      ...(message.requestId === undefined ? {} : { requestId: message.requestId }),
    };
  });
  await enqueue(tx, "registrations.send-confirmation", jobs);
}

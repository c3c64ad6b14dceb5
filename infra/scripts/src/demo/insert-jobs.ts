import type { TransactionSql } from "postgres";
import type { PlannedEvent } from "./plan-event.ts";

type Timed = { organizationId: string; eventId: string } & Pick<
  PlannedEvent,
  "offersEndAt" | "drawAt" | "drawnAt"
>;

/** What comes by itself while the demo runs: the end of an offer, a draw. */
export async function insertJobs(
  sql: TransactionSql,
  { organizationId, eventId, offersEndAt, drawAt, drawnAt }: Timed,
): Promise<void> {
  const insert = (job: string, dueAt: Date) => sql`
    insert into outbox (organization_id, job, payload, due_at, next_at, dedupe_key)
    values (${organizationId}, ${job}, ${sql.json({ eventId })}, ${dueAt}, ${dueAt},
      ${`${job}:${eventId}:${dueAt.getTime()}`})`;
  if (offersEndAt !== null) await insert("registrations.pass-seats", offersEndAt);
  if (drawAt !== null && drawnAt === null) await insert("registrations.draw-lots", drawAt);
}

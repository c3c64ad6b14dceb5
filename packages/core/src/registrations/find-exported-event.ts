import { DomainError } from "@tsudoi/shared/errors.ts";
import { and, eq } from "drizzle-orm";
import type { Context, UserActor } from "#core/db/context.ts";
import { events } from "#core/db/schema/events.ts";
import { authoriseForEvent } from "#core/events/authorise-for-event.ts";
import type { ExportedEvent } from "./export-rows.ts";

/** An event for whoever may list its people; to those who have no part in it, it does not exist. */
export async function findExportedEvent(
  tx: Context & { actor: UserActor },
  eventId: string,
): Promise<ExportedEvent> {
  const { organizationId } = await authoriseForEvent(tx, "registrations.list-for-event", eventId);
  const [event] = await tx.db
    .select({
      titleJa: events.titleJa,
      titleEn: events.titleEn,
      timeZone: events.timeZone,
      allocation: events.allocation,
      questions: events.questions,
    })
    .from(events)
    .where(and(eq(events.organizationId, organizationId), eq(events.id, eventId)));
  if (event === undefined) throw new DomainError("NOT_FOUND");
  const { titleJa: ja, titleEn: en, ...exported } = event;
  return { title: { ja, en }, ...exported };
}

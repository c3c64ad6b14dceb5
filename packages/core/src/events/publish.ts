import { DomainError } from "@tsudoi/shared/errors.ts";
import type { PublishEventInput } from "@tsudoi/shared/event-input.ts";
import { type Event, isOver, missingTranslations } from "@tsudoi/shared/events.ts";
import { can } from "@tsudoi/shared/permissions.ts";
import { and, eq, sql } from "drizzle-orm";
import { recordAudit } from "#core/audit/record-audit.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context } from "#core/db/context.ts";
import { events } from "#core/db/schema/events.ts";
import { transaction } from "#core/db/transaction.ts";
import { forgetEvent } from "./cache.ts";
import { findEventRole } from "./find-event-role.ts";
import { getEvent } from "./get-event.ts";

/** Shows a draft to its audience, unless it is over; publishing with a language missing is only ever a choice. */
export async function publish(ctx: Context, input: PublishEventInput): Promise<Event> {
  authorise(ctx, "events.browse");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const event = await lockEvent(tx, input.eventId);
    const actor = authorise(tx, "events.publish", event.role);
    if (event.status !== "draft") {
      throw new DomainError("STATE_CONFLICT", { fields: { status: event.status } });
    }
    const now = tx.now();
    if (isOver(event, now)) {
      throw new DomainError("VALIDATION", {
        issues: [{ path: "endsAt", code: "past", message: "must be in the future" }],
      });
    }
    const missing = missingTranslations(event);
    if (missing.length > 0 && !input.allowMissingTranslation) {
      throw new DomainError("TRANSLATION_MISSING", { fields: { missing: missing.join(",") } });
    }
    await tx.db
      .update(events)
      .set({ status: "published", publishedAt: now, updatedAt: now, version: sql`version + 1` })
      .where(isEvent(actor.organizationId, input.eventId));
    await recordAudit(tx, [
      {
        organizationId: actor.organizationId,
        actorId: actor.userId,
        action: "events.publish",
        entity: "event",
        entityId: input.eventId,
        details: missing.length === 0 ? {} : { missing: missing.join(",") },
      },
    ]);
    const { organizationId } = actor;
    tx.afterCommit?.(() => forgetEvent(tx, { organizationId, eventId: input.eventId }));
    return getEvent(tx, input);
  });
}

/** Who may not see a draft is told that it does not exist. */
async function lockEvent(tx: Context, eventId: string) {
  const actor = authorise(tx, "events.browse");
  const role = await findEventRole(tx, eventId);
  const [row] = await tx.db
    .select({
      status: events.status,
      endsAt: events.endsAt,
      titleJa: events.titleJa,
      titleEn: events.titleEn,
      descriptionJa: events.descriptionJa,
      descriptionEn: events.descriptionEn,
    })
    .from(events)
    .where(isEvent(actor.organizationId, eventId))
    .for("update");
  const scope = { organizationId: actor.organizationId, eventRole: role };
  const isHidden = row?.status === "draft" && !can(actor, "events.view-draft", scope);
  if (row === undefined || isHidden) throw new DomainError("NOT_FOUND");
  return {
    role,
    status: row.status,
    endsAt: row.endsAt.toISOString(),
    title: { ja: row.titleJa, en: row.titleEn },
    description: { ja: row.descriptionJa, en: row.descriptionEn },
  };
}

function isEvent(organizationId: string, eventId: string) {
  return and(eq(events.organizationId, organizationId), eq(events.id, eventId));
}

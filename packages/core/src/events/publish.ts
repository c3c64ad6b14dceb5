import { DomainError, type FieldIssue } from "@tsudoi/shared/errors.ts";
import type { PublishEventInput } from "@tsudoi/shared/event-input.ts";
import { checkEvent } from "@tsudoi/shared/event-rules.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import { missingTranslations } from "@tsudoi/shared/translations.ts";
import { and, eq, sql } from "drizzle-orm";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context, UserActor } from "#core/db/context.ts";
import { events } from "#core/db/schema/events.ts";
import { transaction } from "#core/db/transaction.ts";
import { planDraws } from "#core/registrations/plan-draws.ts";
import { factsOf } from "./change-event.ts";
import { newDrawSeed } from "./draw-seed.ts";
import { getEvent } from "./get-event.ts";
import { type EventRow, type LockedEvents, lockEvents } from "./lock-events.ts";
import { planInvitations } from "./plan-invitations.ts";
import { naming, requireStatus } from "./refuse-change.ts";
import { writeStatus } from "./write-status.ts";

/**
 * Shows a draft to its audience, and those of its series that are meant: all of them or none. What is over, or takes no
 * registrations any more, stays a draft; publishing with a language missing is only ever a choice.
 */
export async function publish(ctx: Context, input: PublishEventInput): Promise<Event> {
  authorise(ctx, "events.browse");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const { eventId, apply, allowMissingTranslation } = input;
    const locked = await lockEvents(tx, { eventId, apply, may: "events.publish" });
    const rows = requireReady(locked, { now: tx.now(), allowMissingTranslation });
    await writeStatus(tx, {
      rows,
      action: "events.publish",
      set: { status: "published", publishedAt: tx.now() },
      details: (row) => {
        const missing = missingOf(row);
        return missing === "" ? {} : { missing };
      },
    });
    await planLotteries(tx, rows);
    await planInvitations(tx, rows);
    return getEvent(tx, { eventId });
  });
}

type Terms = { now: Date; allowMissingTranslation: boolean };

function requireReady({ target, others }: LockedEvents, terms: Terms): EventRow[] {
  requireStatus(target, ["draft"]);
  refuseUnready(target, terms);
  const drafts = others.filter(({ status, endsAt }) => status === "draft" && endsAt > terms.now);
  for (const draft of drafts) {
    try {
      refuseUnready(draft, terms);
    } catch (error) {
      throw naming(draft.id, error);
    }
  }
  return [target, ...drafts];
}

function refuseUnready(row: EventRow, { now, allowMissingTranslation }: Terms): void {
  const past = ["endsAt", "registrationClosesAt", "drawAt"] as const;
  const issues: FieldIssue[] = past
    .filter((path) => row[path] !== null && row[path] <= now)
    .map((path) => ({ path, code: "past", message: "must be in the future" }));
  issues.push(...checkEvent(factsOf(row)));
  if (issues.length > 0) throw new DomainError("VALIDATION", { issues });
  const missing = missingOf(row);
  if (missing !== "" && !allowMissingTranslation) {
    throw new DomainError("TRANSLATION_MISSING", { fields: { missing } });
  }
}

function missingOf(row: EventRow): string {
  return missingTranslations({
    title: { ja: row.titleJa, en: row.titleEn },
    description: { ja: row.descriptionJa, en: row.descriptionEn },
    questions: row.questions,
  }).join(",");
}

/** From now on the seed's hash is seen, so nobody can choose another seed once they know who takes part. */
async function planLotteries(tx: Context & { actor: UserActor }, rows: EventRow[]): Promise<void> {
  const lotteries = rows.filter(({ drawAt }) => drawAt !== null);
  if (lotteries.length === 0) return;
  const ids = sql.param(lotteries.map(({ id }) => id));
  const seeds = sql.param(lotteries.map(() => newDrawSeed()));
  await tx.db
    .update(events)
    .set({ drawSeed: sql`own.seed` })
    .from(sql`unnest(${ids}::uuid[], ${seeds}::text[]) as own (id, seed)`)
    .where(and(eq(events.organizationId, tx.actor.organizationId), eq(events.id, sql`own.id`)));
  await planDraws(tx, lotteries);
}

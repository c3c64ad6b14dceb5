import type { CreatedSeries, CreateSeriesInput } from "@tsudoi/shared/event-input.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context } from "#core/db/context.ts";
import { eventSeries } from "#core/db/schema/event-series.ts";
import { transaction } from "#core/db/transaction.ts";
import { expandRule } from "./expand-rule.ts";
import { insertDrafts } from "./insert-drafts.ts";
import { moveTimes } from "./move-times.ts";
import { planDraft } from "./plan-draft.ts";

/** The drafts of a series, all or none: each an event of its own, at the same time on its zone's clocks. */
export async function createSeries(ctx: Context, input: CreateSeriesInput): Promise<CreatedSeries> {
  authorise(ctx, "events.create");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const { organizationId, userId } = authorise(tx, "events.create");
    const { event, rrule } = input;
    const first = await planDraft(tx, event);
    const starts = expandRule(rrule, first);
    const [series] = await tx.db
      .insert(eventSeries)
      .values({ organizationId, rrule, timeZone: event.timeZone, createdBy: userId })
      .returning({ id: eventSeries.id });
    if (series === undefined) throw new Error("the series row was not returned");
    const rows = starts.map((startsAt) => {
      const row = { ...first, ...moveTimes(first, startsAt), seriesId: series.id };
      // Who names no opening means now, for all of them.
      return event.registrationOpensAt === undefined
        ? { ...row, registrationOpensAt: first.registrationOpensAt }
        : row;
    });
    const made = await insertDrafts(tx, {
      action: "events.createSeries",
      rows,
      departmentIds: event.departmentIds,
    });
    return {
      seriesId: series.id,
      events: made.map(({ id, startsAt }) => ({ id, startsAt: startsAt.toISOString() })),
    };
  });
}

import { DomainError } from "@tsudoi/shared/errors.ts";
import { HOUR } from "@tsudoi/shared/time.ts";
import { createMetrics, type Metrics } from "@tsudoi/telemetry/metrics.ts";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "#core/db/context.ts";
import { transaction } from "#core/db/transaction.ts";
import { draw } from "#core/events/draw.ts";
import { once } from "#core/idempotency/once.ts";
import { deadlineIn } from "#core/platform/deadline.ts";
import { actorOf } from "#test/bed.ts";
import { reasonOf } from "#test/refusals.ts";
import { type Guest, someGuests } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { acceptOffer } from "./accept-offer.ts";
import { add } from "./add.ts";
import { cancel } from "./cancel.ts";
import { declineOffer } from "./decline-offer.ts";
import { registerBatch } from "./register-batch.ts";

const stage = useStage();
let metrics: Metrics;

beforeEach(() => {
  metrics = createMetrics("api");
});
afterEach(() => stage.setNow(new Date()));

const counting = (ctx: Context): Context => ({ ...ctx, metrics });

/** What has been counted, without its zeros. */
async function counted(): Promise<Record<string, number>> {
  const { body } = await metrics.render();
  const lines = body.matchAll(
    /^((?:registration_moves|waitlist_promotions|offers_ended|lottery_entries)_total\{.+\}|offer_expiry_lag_seconds_(?:sum|count)) (\S+)$/gm,
  );
  return Object.fromEntries(
    [...lines].map(([, name = "", value]) => [name, Number(value)]).filter(([, value]) => value),
  );
}

/** One seat, taken, and others who wait for it. */
const aQueue = async (waitlistMode: "automatic" | "offer", waiting: number) => {
  const event = await stage.anEvent({ capacity: 1, waitlistMode });
  const [first, ...others] = await someGuests(stage, event, 1 + waiting);
  return { event, first: first!, others };
};

const leave = ({ ctx, registrationId }: Guest) => cancel(counting(ctx), { registrationId });

describe("registrations/count-moves", () => {
  test("whom an organiser brings in, once it is committed", async () => {
    const event = await stage.anEvent({ capacity: 1 });
    const owner = counting(stage.as(actorOf(stage.owner)));
    const [one, other] = await stage.someMembers(2);
    const bring = (email: string) => add(owner, { eventId: event.id, email, to: "confirmed" });
    await bring(one!.email);
    expect(await reasonOf(bring(other!.email))).toBe("SOLD_OUT");
    expect(await counted()).toEqual({ 'registration_moves_total{to="confirmed"}': 1 });
  });

  test("who gives a seat back and who gets it", async () => {
    const { first } = await aQueue("automatic", 2);
    await leave(first);
    expect(await counted()).toEqual({
      'registration_moves_total{to="cancelled"}': 1,
      'registration_moves_total{to="confirmed"}': 1,
      'waitlist_promotions_total{outcome="confirmed"}': 1,
    });
  });

  test("an offer that is accepted, one that is declined, and one whose person leaves", async () => {
    for (const end of [acceptOffer, declineOffer, cancel]) {
      const { first, others } = await aQueue("offer", 1);
      await leave(first);
      const { ctx, registrationId } = others[0]!;
      await end(counting(ctx), { registrationId });
    }
    expect(await counted()).toEqual({
      'registration_moves_total{to="cancelled"}': 4,
      'registration_moves_total{to="offered"}': 3,
      'registration_moves_total{to="confirmed"}': 1,
      'registration_moves_total{to="declined"}': 1,
      'waitlist_promotions_total{outcome="offered"}': 3,
      'offers_ended_total{outcome="accepted"}': 1,
      'offers_ended_total{outcome="declined"}': 1,
      'offers_ended_total{outcome="cancelled"}': 1,
    });
  });

  test("an offer that ended, by whoever looks first, and how late that was", async () => {
    const { event, first, others } = await aQueue("offer", 2);
    await leave(first);
    const [row] = await stage.ctx.db.execute<{ ends: Date }>(sql`
      select offer_expires_at as ends from registrations where id = ${others[0]!.registrationId}`);
    stage.setNow(new Date(new Date(row!.ends).getTime() + 90_000));
    metrics = createMetrics("api");
    const { organizationId, id: eventId } = event;
    const late = await stage.aMember();
    await registerBatch(counting(stage.ctx), { organizationId, eventId }, [
      { organizationId, eventId, userId: late.id, deadline: deadlineIn(HOUR) },
    ]);
    expect(await counted()).toEqual({
      'registration_moves_total{to="expired"}': 1,
      'registration_moves_total{to="offered"}': 1,
      'waitlist_promotions_total{outcome="offered"}': 1,
      'offers_ended_total{outcome="expired"}': 1,
      offer_expiry_lag_seconds_count: 1,
      offer_expiry_lag_seconds_sum: 90,
    });
  });

  test("what a draw gave to how many", async () => {
    const event = await stage.anEvent({
      capacity: 2,
      waitlistMode: "none",
      allocation: "lottery",
      drawAt: new Date(Date.now() - HOUR),
      drawSeed: "a".repeat(64),
    });
    await someGuests(stage, event, 5);
    await draw(counting(stage.as(actorOf(stage.owner))), { eventId: event.id });
    expect(await counted()).toEqual({
      'registration_moves_total{to="confirmed"}': 2,
      'registration_moves_total{to="rejected"}': 3,
      'lottery_entries_total{outcome="confirmed"}': 2,
      'lottery_entries_total{outcome="rejected"}': 3,
    });
  });

  test("nothing that was undone, with its transaction or under its key", async () => {
    const { first } = await aQueue("automatic", 1);
    const ctx = counting(first.ctx);
    const { registrationId, person } = first;
    const undo = async (open: Context) => {
      await cancel(open, { registrationId });
      throw new DomainError("STATE_CONFLICT");
    };
    expect(await reasonOf(transaction(ctx, undo))).toBe("STATE_CONFLICT");
    const request = {
      organizationId: stage.organizationId,
      userId: person.id,
      key: "key",
      procedure: "registrations.cancel",
      requestHash: "hash",
    };
    expect((await once(ctx, request, undo)).answer).toHaveProperty("refusal");
    expect(await counted()).toEqual({});
    await leave(first);
    expect(Object.keys(await counted())).toHaveLength(3);
  });
});

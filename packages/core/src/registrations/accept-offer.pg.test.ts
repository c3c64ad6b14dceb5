import { HOUR } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import { createDatabase } from "#core/db/client.ts";
import { registrations } from "#core/db/schema/registrations.ts";
import { actorOf, contextOn } from "#test/bed.ts";
import type { TestUser } from "#test/builders.ts";
import { reasonOf } from "#test/refusals.ts";
import { expectSound, kindsTold, someGuests, statusesOf } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { acceptOffer } from "./accept-offer.ts";
import { cancel } from "./cancel.ts";
import { passSeats } from "./pass-seats.ts";
import { register } from "./register.ts";

const stage = useStage();
afterEach(() => stage.setNow(new Date()));

/** One seat, offered to the first of those who waited. */
async function anOffer(waiting = 1) {
  const event = await stage.anEvent({ capacity: 1, waitlistMode: "offer", offerHours: 2 });
  const [seated, ...others] = await someGuests(stage, event, 1 + waiting);
  await cancel(seated!.ctx, { registrationId: seated!.registrationId });
  const key = { organizationId: stage.organizationId, eventId: event.id };
  return { event, key, seated: seated!, others };
}

describe("registrations.acceptOffer", () => {
  test("does the thing", async () => {
    const { event, others } = await anOffer();
    const [guest] = others;
    expect(await statusesOf(stage.ctx, others)).toEqual(["offered"]);
    const { registration } = await acceptOffer(guest!.ctx, {
      registrationId: guest!.registrationId,
    });
    expect(registration.status).toBe("confirmed");
    expect(registration.offerExpiresAt).toBeUndefined();
    expect(await kindsTold(stage.ctx, guest!)).toEqual([
      "registrations.confirmation",
      "registrations.offer",
      "registrations.confirmation",
    ]);
    await expectSound(stage.ctx, event);
  });

  test("accepting twice is accepting once", async () => {
    const { event, others } = await anOffer();
    const input = { registrationId: others[0]!.registrationId };
    await acceptOffer(others[0]!.ctx, input);
    const again = await acceptOffer(others[0]!.ctx, input);
    expect(again.registration.status).toBe("confirmed");
    expect(await kindsTold(stage.ctx, others[0]!)).toHaveLength(3);
    await expectSound(stage.ctx, event);
  });

  test("refuses an offer that has ended, also while nobody has ended it yet", async () => {
    const { event, key, others } = await anOffer(2);
    const input = { registrationId: others[0]!.registrationId };
    stage.setNow(new Date(Date.now() + 2 * HOUR + 60_000));
    expect(await reasonOf(acceptOffer(others[0]!.ctx, input))).toBe("OFFER_EXPIRED");
    await passSeats(stage.ctx, key);
    expect(await statusesOf(stage.ctx, others)).toEqual(["expired", "offered"]);
    expect(await reasonOf(acceptOffer(others[0]!.ctx, input))).toBe("OFFER_EXPIRED");
    expect(await kindsTold(stage.ctx, others[0]!)).toContain("registrations.offer-expired");
    await expectSound(stage.ctx, event);
  });

  test("whoever comes while an offer has ended finds it ended, and the next in line served first", async () => {
    const { event, others } = await anOffer(2);
    stage.setNow(new Date(Date.now() + 2 * HOUR + 60_000));
    const late = stage.as(actorOf(await stage.aMember()));
    const { registration } = await register(late, { eventId: event.id });
    expect(registration).toMatchObject({ status: "waitlisted", position: 1 });
    expect(await statusesOf(stage.ctx, others)).toEqual(["expired", "offered"]);
    await expectSound(stage.ctx, event);
  });

  test("an offer of an event that is off ends with it, and is not told as one that was missed", async () => {
    const { event, key, others } = await anOffer();
    await stage.ctx.db.execute(sql`update events set status = 'cancelled' where id = ${event.id}`);
    stage.setNow(new Date(Date.now() + 2 * HOUR + 60_000));
    await passSeats(stage.ctx, key);
    expect(await statusesOf(stage.ctx, others)).toEqual(["offered"]);
    expect(await kindsTold(stage.ctx, others[0]!)).not.toContain("registrations.offer-expired");
  });

  test("rejects a stranger, and the organiser, who has other means", async () => {
    const { others } = await anOffer();
    const input = { registrationId: others[0]!.registrationId };
    const other = stage.as(actorOf(await stage.aMember()));
    expect(await reasonOf(acceptOffer(other, input))).toBe("NOT_FOUND");
    expect(await reasonOf(acceptOffer(stage.as(actorOf(stage.owner)), input))).toBe("FORBIDDEN");
    expect(await statusesOf(stage.ctx, others)).toEqual(["offered"]);
  });

  test("refuses who was offered nothing", async () => {
    const event = await stage.anEvent({ capacity: 1, waitlistMode: "offer" });
    const [, waiting] = await someGuests(stage, event, 2);
    const input = { registrationId: waiting!.registrationId };
    expect(await reasonOf(acceptOffer(waiting!.ctx, input))).toBe("STATE_CONFLICT");
  });
});

const RACES_AT_ONCE = 100;
const ROUNDS = 10;

/** Everyone is offered a seat, and nobody waits behind them. */
async function manyOffers(people: TestUser[], expiresAt: Date) {
  const event = await stage.anEvent({
    capacity: people.length,
    waitlistMode: "offer",
    seatsTaken: people.length,
    offersEndAt: expiresAt,
    seq: people.length,
    lastNumber: people.length,
  });
  const rows = people.map((person, index) => ({
    organizationId: stage.organizationId,
    eventId: event.id,
    userId: person.id,
    status: "offered" as const,
    seq: index + 1,
    number: index + 1,
    offerExpiresAt: expiresAt,
  }));
  const made = await stage.ctx.db.insert(registrations).values(rows).returning();
  return { event, ids: made.map((row) => row.id) };
}

describe("an offer that is accepted while it ends", () => {
  test("has exactly one winner in a thousand races", { timeout: 120_000 }, async () => {
    // As in another process: in this one's pool it would stand behind all who accept.
    await using worker = createDatabase({ url: stage.url, max: 1, applicationName: "test" });
    const people = await stage.someMembers(RACES_AT_ONCE);
    const tally = { accepted: 0, expired: 0 };
    for (let round = 0; round < ROUNDS; round += 1) {
      const end = new Date(Date.now() + HOUR);
      const { event, ids } = await manyOffers(people, end);
      const key = { organizationId: stage.organizationId, eventId: event.id };
      // The clock that ends offers is past their end, the one of those who accept is before it: the lock decides.
      const expire = () => passSeats({ ...contextOn(worker), now: () => end }, key);
      let answered = 0;
      let expiring: Promise<unknown> | undefined;
      const reasons = await Promise.all(
        people.map(async (person, index) => {
          const ctx = stage.as(actorOf(person));
          const reason = await reasonOf(acceptOffer(ctx, { registrationId: ids[index] ?? "" }));
          answered += 1;
          if (answered === 10 * round) expiring = expire();
          return reason;
        }),
      );
      await (expiring ?? expire());
      const rows = await stage.ctx.db.execute<{ id: string; status: string }>(sql`
        select id, status from registrations where event_id = ${event.id}`);
      const statusOf = new Map(rows.map((row) => [row.id, row.status]));
      for (const [index, reason] of reasons.entries()) {
        const status = statusOf.get(ids[index] ?? "");
        expect([reason, status]).toEqual(
          reason === "no refusal" ? ["no refusal", "confirmed"] : ["OFFER_EXPIRED", "expired"],
        );
        tally[status === "confirmed" ? "accepted" : "expired"] += 1;
      }
      await expectSound(stage.ctx, event);
    }
    expect(tally.accepted + tally.expired).toBe(RACES_AT_ONCE * ROUNDS);
    expect(Math.min(tally.accepted, tally.expired)).toBeGreaterThan(50);
  });
});

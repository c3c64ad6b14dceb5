import { HOUR } from "@tsudoi/shared/time.ts";
import { afterEach, describe, expect, test } from "vitest";
import { transaction } from "#core/db/transaction.ts";
import { actorOf } from "#test/bed.ts";
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
    await transaction(stage.ctx, (tx) => passSeats(tx, key));
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

  test("survives a race", async () => {
    for (let round = 0; round < 20; round += 1) {
      const { event, key, others } = await anOffer(2);
      const end = new Date(Date.now() + 2 * HOUR + 60_000);
      const input = { registrationId: others[0]!.registrationId };
      // One clock is before the end of the offer, the other after it: whoever gets the lock first wins.
      const expiring = transaction({ ...stage.ctx, now: () => end }, (tx) => passSeats(tx, key));
      const accepting = reasonOf(acceptOffer(others[0]!.ctx, input));
      const [reason] = await Promise.all([accepting, expiring]);
      const [first, second] = await statusesOf(stage.ctx, others);
      expect([reason, first, second]).toEqual(
        reason === "no refusal"
          ? ["no refusal", "confirmed", "waitlisted"]
          : ["OFFER_EXPIRED", "expired", "offered"],
      );
      await expectSound(stage.ctx, event);
    }
  });
});

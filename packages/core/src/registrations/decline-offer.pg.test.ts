import { describe, expect, test } from "vitest";
import { actorOf } from "#test/bed.ts";
import { reasonOf } from "#test/refusals.ts";
import { expectSound, kindsTold, someGuests, statusesOf } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { cancel } from "./cancel.ts";
import { declineOffer } from "./decline-offer.ts";

const stage = useStage();

async function anOffer(waiting: number) {
  const event = await stage.anEvent({ capacity: 1, waitlistMode: "offer" });
  const [seated, ...others] = await someGuests(stage, event, 1 + waiting);
  await cancel(seated!.ctx, { registrationId: seated!.registrationId });
  return { event, others };
}

describe("registrations.declineOffer", () => {
  test("does the thing", async () => {
    const { event, others } = await anOffer(2);
    const input = { registrationId: others[0]!.registrationId };
    const { registration } = await declineOffer(others[0]!.ctx, input);
    expect(registration.status).toBe("declined");
    expect(await statusesOf(stage.ctx, others)).toEqual(["declined", "offered"]);
    expect(await kindsTold(stage.ctx, others[1]!)).toContain("registrations.offer");
    await expectSound(stage.ctx, event);
  });

  test("declining twice is declining once: the second takes nothing from the next", async () => {
    const { event, others } = await anOffer(3);
    const input = { registrationId: others[0]!.registrationId };
    await Promise.all([1, 2, 3].map(() => declineOffer(others[0]!.ctx, input)));
    expect(await statusesOf(stage.ctx, others)).toEqual(["declined", "offered", "waitlisted"]);
    await expectSound(stage.ctx, event);
  });

  test("rejects a stranger", async () => {
    const { others } = await anOffer(1);
    const input = { registrationId: others[0]!.registrationId };
    const other = stage.as(actorOf(await stage.aMember()));
    expect(await reasonOf(declineOffer(other, input))).toBe("NOT_FOUND");
    expect(await reasonOf(declineOffer(stage.as(actorOf(stage.owner)), input))).toBe("FORBIDDEN");
    expect(await statusesOf(stage.ctx, others)).toEqual(["offered"]);
  });

  test("refuses who has a seat", async () => {
    const [guest] = await someGuests(stage, await stage.anEvent(), 1);
    const input = { registrationId: guest!.registrationId };
    expect(await reasonOf(declineOffer(guest!.ctx, input))).toBe("STATE_CONFLICT");
  });
});

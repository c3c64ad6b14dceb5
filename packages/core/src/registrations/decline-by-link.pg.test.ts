import { describe, expect, test } from "vitest";
import { aBearer, badLinks, linkOf } from "#test/links.ts";
import { reasonOf } from "#test/refusals.ts";
import { auditOf, expectSound, someGuests, statusesOf } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { acceptByLink } from "./accept-by-link.ts";
import { cancel } from "./cancel.ts";
import { declineByLink } from "./decline-by-link.ts";

const stage = useStage();

async function anOffer() {
  const event = await stage.anEvent({ capacity: 1, waitlistMode: "offer" });
  const [seated, guest, next] = await someGuests(stage, event, 3);
  await cancel(seated!.ctx, { registrationId: seated!.registrationId });
  return { event, guest: guest!, next: next!, token: linkOf(stage, "offer", guest!) };
}

describe("registrations.declineByLink", () => {
  test("does the thing, and the next in line is offered the seat", async () => {
    const { event, guest, next, token } = await anOffer();
    const { status, until } = await declineByLink(aBearer(stage), { token });
    expect({ status, until }).toEqual({ status: "declined", until: undefined });
    expect(await statusesOf(stage.ctx, [guest, next])).toEqual(["declined", "offered"]);
    expect((await auditOf(stage.ctx, guest)).at(-1)).toEqual({
      action: "registrations.declineByLink",
      actorId: null,
    });
    await expectSound(stage.ctx, event);
  });

  test("is idempotent, also when pressed at the same moment", async () => {
    const { event, guest, next, token } = await anOffer();
    const press = () => declineByLink(aBearer(stage), { token });
    const [first, ...others] = await Promise.all([press(), press(), press()]);
    for (const other of [...others, await press()]) expect(other).toEqual(first);
    expect(await statusesOf(stage.ctx, [guest, next])).toEqual(["declined", "offered"]);
    await expectSound(stage.ctx, event);
  });

  test("refuses to decline what was accepted", async () => {
    const { guest, token } = await anOffer();
    await acceptByLink(aBearer(stage), { token });
    expect(await reasonOf(declineByLink(aBearer(stage), { token }))).toBe("STATE_CONFLICT");
    expect(await statusesOf(stage.ctx, [guest])).toEqual(["confirmed"]);
  });

  test("rejects a stranger", async () => {
    const { guest } = await anOffer();
    for (const token of badLinks(stage, "offer", guest)) {
      expect(await reasonOf(declineByLink(aBearer(stage), { token }))).toBe("LINK_EXPIRED");
    }
    expect(await statusesOf(stage.ctx, [guest])).toEqual(["offered"]);
  });
});
